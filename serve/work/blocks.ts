/** Bytes of a block at least, and at most. */
const LEAST = 1 << 12;
const MOST = 1 << 20;

/**
 * Bytes that come in pieces, however small these are, gathered in blocks: each byte is copied once, and no block is so large that its
 * allocation takes long. Some three times their size is held at most while they are few, 1 MiB more than their size once they are
 * many. One piece alone is not copied.
 */
export class Blocks {
  size = 0;
  #blocks: Buffer[] = [];
  /** Bytes used of the last block. */
  #used = 0;

  push(piece: Buffer): void {
    if (piece.length === 0) return;
    if (this.size > 0) {
      this.#add(piece);
      return;
    }
    this.#blocks = [piece]; // somebody else's, and full
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

  /** All bytes, in their blocks; nothing is left. */
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
