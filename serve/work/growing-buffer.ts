/**
 * Gathers bytes that arrive in pieces, however small. Memory: at most twice the bytes; a list of pieces of one byte
 * would take a hundred times as much. A single piece is not copied.
 */
export class GrowingBuffer {
  size = 0;
  #bytes: Buffer = Buffer.alloc(0);
  /** Whether the bytes belong to the caller: they are the first piece, and still the only one. */
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

  /** All bytes. Afterwards the buffer is empty. */
  take(): Buffer {
    const all = this.#bytes.subarray(0, this.size);
    this.#bytes = Buffer.alloc(0);
    this.size = 0;
    return all;
  }
}
