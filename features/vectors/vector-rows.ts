import { readSync } from 'node:fs';

/**
 * Vectors in a file without a name, float32 one after another: plain data that threads of this process share, because
 * they share its open files. Row i is vector `rows[i]` of the file.
 */
export interface StoredVectors {
  /** Number of the open file. */
  file: number;
  rows: Int32Array;
  /** SHA-256 of the file, in hexadecimal. */
  digest: string;
  /** The same object in all copies of this thread. The file is closed when it is collected. */
  owner: object;
}

/** Vectors of one width: in memory float32 [n, size], or in a file; NaN = missing. */
export type VectorRows = Float32Array | StoredVectors;

/** Reads one vector to `out[at … at + size)`. Error: that of the file system. */
export function readVector(from: VectorRows, size: number, row: number, out: Float32Array, at = 0): void {
  if (from instanceof Float32Array) {
    out.set(from.subarray(row * size, (row + 1) * size), at);
    return;
  }
  readStored(from, size, row, new Uint8Array(out.buffer, out.byteOffset + 4 * at, 4 * size));
}

/** Reads the first bytes of a vector in a file. */
function readStored({ file, rows }: StoredVectors, size: number, row: number, bytes: Uint8Array): void {
  const read = readSync(file, bytes, 0, bytes.length, 4 * size * rows[row]);
  if (read !== bytes.length) throw new Error(`the file of vectors ends in row ${row}`);
}

/** Whether a row has a vector. A missing one is NaN throughout, so its first number tells. */
export function hasRow(from: VectorRows, size: number, row: number): boolean {
  if (from instanceof Float32Array) return !Number.isNaN(from[row * size]);
  const first = new Float32Array(1);
  readStored(from, size, row, new Uint8Array(first.buffer));
  return !Number.isNaN(first[0]);
}

/** Some rows in the given order: a copy, or the same file. */
export function pickVectors(from: VectorRows, size: number, rows: Int32Array): VectorRows {
  if (!(from instanceof Float32Array)) return { ...from, rows: rows.map((row) => from.rows[row]) };
  const picked = new Float32Array(rows.length * size);
  rows.forEach((row, i) => {
    readVector(from, size, row, picked, i * size);
  });
  return picked;
}

/** What identifies the vectors in a later run too: the number of a file does not. */
export function identityOf(from: VectorRows): unknown {
  return from instanceof Float32Array ? from : [from.digest, from.rows];
}
