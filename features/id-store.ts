const ROWS = 1024;
const NOTHING = new Int32Array(0);

/** Rows of a fixed number of ids that grow in chunks; rows come in order and begin as zeros. */
export class IdStore {
  #chunks: Int32Array[] = [];

  constructor(readonly width: number) {}

  /** The chunk that holds row `at`. */
  chunkOf(at: number): Int32Array {
    const chunk = Math.floor(at / ROWS);
    if (chunk === this.#chunks.length) this.#chunks.push(new Int32Array(ROWS * this.width));
    return this.#chunks[chunk];
  }

  /** Where row `at` begins in its chunk. */
  placeOf(at: number): number {
    return (at % ROWS) * this.width;
  }

  /** The first n rows as one array that threads share, row after row; chunks are let go as they are copied. */
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
