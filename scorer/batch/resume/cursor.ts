import { newChecksum } from '../../../data/read/unpack/checksum.js';
import { inShard, type Shard } from '../shard.js';
import { otherInput, otherRows, type Place } from './place.js';

const ROW_END = Uint8Array.of(10);

/**
 * Counts the rows of the input, says what to do with each, and keeps a checksum of them, so that a later run can
 * resume.
 */
export class Cursor {
  /** Number of rows so far, over all files. */
  seen = 0;
  /** Index of the current file, from 0. */
  file = 0;
  /** Number of rows up to and including the last one taken. */
  #taken: number;
  readonly #checksum = newChecksum();
  /** Checksum of the rows so far. */
  #sum = 0;

  constructor(
    private readonly shard: Shard,
    private readonly from: Place,
  ) {
    this.#taken = from.seen;
  }

  /**
   * What to do with the next row: `last` is the one that an earlier run took last. `content` is the row as stored in
   * the file; null if the file has a digest of its own. Error: RESUME_MISMATCH if the rows up to the last one are not
   * those of that run.
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

  /** Checks the row that an earlier run took last. Error: RESUME_MISMATCH if it has changed, or rows before it have. */
  check({ line, id }: { line: number; id: string | null }): void {
    const { from } = this;
    if (this.file !== from.file || line !== from.line || id !== from.id) throw otherInput(from, id);
    if (this.#sum !== from.sum) throw otherRows(from);
  }

  /** The position after the last row taken, which is on `line`; the position after all rows if none was taken. */
  place(line: number): Omit<Place, 'id'> {
    const end = line === 0;
    const sum = end ? this.#checksum.sum() : this.#sum;
    return { seen: end ? this.seen : this.#taken, file: this.file, line, sum };
  }
}
