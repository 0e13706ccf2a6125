/**
 * Bytes that come in pieces, however small these are: at most twice their size is held, where a list of pieces of one byte would
 * take a hundred times as much. One piece alone is not copied.
 */
export class GrowingBuffer {
  size = 0;
  #bytes: Buffer = Buffer.alloc(0);
  /** The bytes are somebody else's: the first piece, still alone. */
  #lent = false;

  push(piece: Buffer): void {
    const size = this.size + piece.length;
    if (this.size === 0) {
      this.#bytes = piece;
      this.#lent = true;
    } else {
      if (this.#lent || size > this.#bytes.length) {
        const grown = Buffer.allocUnsafe(Math.max(2 * this.size, size));
        this.#bytes.copy(grown, 0, 0, this.size);
        this.#bytes = grown;
        this.#lent = false;
      }
      piece.copy(this.#bytes, this.size);
    }
    this.size = size;
  }

  /** All bytes; the buffer is empty then. */
  take(): Buffer {
    const all = this.#bytes.subarray(0, this.size);
    this.#bytes = Buffer.alloc(0);
    this.size = 0;
    return all;
  }
}
