const ROWS = 1024;
const NOTHING = new Int32Array(0);

/** Rows with a fixed number of ids, stored in chunks. Rows come in order and are initially zeros. */
export class IdStore {
  #chunks: Int32Array[] = [];

  constructor(readonly width: number) {}

  /** The chunk that contains row `at`. */
  chunkOf(at: number): Int32Array {
    const chunk = Math.floor(at / ROWS);
    if (chunk === this.#chunks.length) this.#chunks.push(new Int32Array(ROWS * this.width));
    return this.#chunks[chunk];
  }

  /** Where row `at` begins in its chunk. */
  placeOf(at: number): number {
    return (at % ROWS) * this.width;
  }

  /** The first n rows as one array that threads can share. Each chunk is released once it is copied. */
  take(n: number): Int32Array {
    const { width } = this;
    const all = new Int32Array(new SharedArrayBuffer(n * width * Int32Array.BYTES_PER_ELEMENT));
    this.#chunks.forEach((ids, chunk) => {
      const from = chunk * ROWS * width;
      all.set(ids.subarray(0, Math.min(ids.length, all.length - from)), from);
      this.#chunks[chunk] = NOTHING;
    });
    this.#chunks = [];
    return all;
  }
}
