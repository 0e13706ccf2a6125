import { VectorFile } from './vector-file.js';
import type { VectorRows } from './vector-rows.js';

/** Rows per chunk. */
const ROWS = 256;
/** The most bytes of one store in memory. Further vectors are kept in a file. */
const MOST_BYTES = 2 ** 28;

/**
 * Vectors of one width, a row for each answer in their order; NaN for answers without one. They are stored in chunks of
 * float32, and rows that come before the first vector take no memory. Memory: 4 bytes per number, so 70,000 answers
 * with three vectors of 384 numbers take 320 MB. A store of more than `most` bytes is a file of the same size on disk.
 */
export class VectorStore {
  readonly #chunks: (Float32Array | undefined)[] = [];
  #file: VectorFile | null = null;
  /** The number of chunks in the file. */
  #written = 0;

  constructor(
    readonly width: number,
    private readonly most = MOST_BYTES,
  ) {}

  /**
   * The chunk that contains row `at`, filled with NaN when it is new. Rows before the last chunk may be in the file.
   */
  chunkOf(at: number): Float32Array {
    const chunk = Math.floor(at / ROWS);
    const known = this.#chunks[chunk];
    if (known !== undefined) return known;
    if (chunk * ROWS * this.width * Float32Array.BYTES_PER_ELEMENT >= this.most) this.#write(chunk);
    return (this.#chunks[chunk] = this.#missing());
  }

  /** Where row `at` begins in its chunk. */
  placeOf(at: number): number {
    return (at % ROWS) * this.width;
  }

  /** The first n rows: as one array [n, width] that threads can share, or as a file. Chunks are released. */
  take(n: number): VectorRows {
    const { width } = this;
    if (this.#file !== null || n * width * Float32Array.BYTES_PER_ELEMENT > this.most) {
      this.#write(Math.ceil(n / ROWS));
      return this.#file!.finish(n);
    }
    const all = new Float32Array(new SharedArrayBuffer(n * width * Float32Array.BYTES_PER_ELEMENT));
    for (let from = 0; from < n; from += ROWS) {
      const chunk = this.#chunks[from / ROWS];
      const part = all.subarray(from * width, Math.min(n, from + ROWS) * width);
      if (chunk === undefined) part.fill(Number.NaN);
      else part.set(chunk.subarray(0, part.length));
      this.#chunks[from / ROWS] = undefined;
    }
    this.#chunks.length = 0;
    return all;
  }

  /** Writes all chunks before chunk number `end` to the file and releases them. */
  #write(end: number): void {
    this.#file ??= new VectorFile();
    for (; this.#written < end; this.#written++) {
      this.#file.add(this.#chunks[this.#written] ?? this.#missing());
      this.#chunks[this.#written] = undefined;
    }
  }

  #missing(): Float32Array {
    return new Float32Array(ROWS * this.width).fill(Number.NaN);
  }
}
