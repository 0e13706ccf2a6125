import type { Place } from './place.js';
import { inShard, type Shard } from './shard.js';

/** Counts the rows of the input and tells what is to be done with each. */
export class Cursor {
  /** Rows so far, of all files. */
  seen = 0;
  /** The file at hand, from 0. */
  file = 0;
  /** After the last row that was to be taken. */
  #taken: number;

  constructor(
    private readonly shard: Shard,
    private readonly from: Place,
  ) {
    this.#taken = from.seen;
  }

  /** What to do with the next row: `last` is the one that an earlier run took last. */
  next(): 'pass' | 'last' | 'take' {
    const row = this.seen++;
    if (row < this.from.seen) return row === this.from.seen - 1 ? 'last' : 'pass';
    if (!inShard(this.shard, row)) return 'pass';
    this.#taken = this.seen;
    return 'take';
  }

  /** The place after the row taken last, which stands on `line`; after all rows where there is none. */
  place(line: number): Omit<Place, 'id'> {
    return { seen: line === 0 ? this.seen : this.#taken, file: this.file, line };
  }
}
