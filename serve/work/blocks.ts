/** The least and the most bytes of a block. */
const LEAST = 1 << 12;
const MOST = 1 << 20;

/**
 * Gathers bytes that arrive in pieces, however small, in blocks. Each byte is copied once, and no block is so large
 * that allocating it takes long. Memory: at most about three times the bytes while they are few, and 1 MiB more than
 * the bytes once they are many. A single piece is not copied.
 */
export class Blocks {
  size = 0;
  #blocks: Buffer[] = [];
  /** Used bytes of the last block. */
  #used = 0;

  push(piece: Buffer): void {
    if (piece.length === 0) return;
    if (this.size > 0) {
      this.#add(piece);
      return;
    }
    this.#blocks = [piece]; // full, and owned by the caller
    this.#used = this.size = piece.length;
  }

  #add(piece: Buffer): void {
    for (let from = 0; from < piece.length; ) {
      let last = this.#blocks[this.#blocks.length - 1];
      if (this.#used === last.length) {
        last = Buffer.allocUnsafe(Math.min(MOST, Math.max(LEAST, 2 * this.size, piece.length - from)));
        this.#blocks.push(last);
        this.#used = 0;
      }
      const copied = piece.copy(last, this.#used, from);
      from += copied;
      this.#used += copied;
      this.size += copied;
    }
  }

  /** All bytes in their blocks. Afterwards this is empty. */
  take(): Buffer[] {
    const blocks = this.#blocks;
    const last = blocks.pop();
    if (last !== undefined) blocks.push(last.subarray(0, this.#used));
    this.#blocks = [];
    this.#used = 0;
    this.size = 0;
    return blocks;
  }
}
