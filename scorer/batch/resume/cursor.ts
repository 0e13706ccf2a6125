import { newChecksum } from '../../../data/read/unpack/checksum.js';
import { inShard, type Shard } from '../shard.js';
import { otherInput, otherRows, type Place } from './place.js';

const ROW_END = Uint8Array.of(10);

/** Counts the rows of the input, tells what is to be done with each, and keeps a checksum of them for a run that goes on later. */
export class Cursor {
  /** Rows so far, of all files. */
  seen = 0;
  /** The file at hand, from 0. */
  file = 0;
  /** After the last row that was to be taken. */
  #taken: number;
  readonly #checksum = newChecksum();
  /** Checksum of the rows up to there. */
  #sum = 0;

  constructor(
    private readonly shard: Shard,
    private readonly from: Place,
  ) {
    this.#taken = from.seen;
  }

  /**
   * What to do with the next row: `last` is the one that an earlier run took last. `content` is the row as the file holds it; null
   * where the file has a digest of its own. Error: RESUME_MISMATCH where the rows up to the last one are not those of that run.
   */
  next(content: Uint8Array | null): 'pass' | 'last' | 'take' {
    const row = this.seen++;
    if (content !== null) {
      this.#checksum.add(content);
      this.#checksum.add(ROW_END);
    }
    if (row < this.from.seen) {
      if (row < this.from.seen - 1) return 'pass';
      this.#sum = this.#checksum.sum();
      return 'last';
    }
    if (!inShard(this.shard, row)) return 'pass';
    this.#taken = this.seen;
    this.#sum = this.#checksum.sum();
    return 'take';
  }

  /** Looks at the row that an earlier run took last. Error: RESUME_MISMATCH where it is another, or rows before it are. */
  check({ line, id }: { line: number; id: string | null }): void {
    const { from } = this;
    if (this.file !== from.file || line !== from.line || id !== from.id) throw otherInput(from, id);
    if (this.#sum !== from.sum) throw otherRows(from);
  }

  /** The place after the row taken last, which stands on `line`; after all rows where there is none. */
  place(line: number): Omit<Place, 'id'> {
    const end = line === 0;
    const sum = end ? this.#checksum.sum() : this.#sum;
    return { seen: end ? this.seen : this.#taken, file: this.file, line, sum };
  }
}
