import { fstatSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import {
  hasRow,
  identityOf,
  pickVectors,
  readVector,
  type StoredVectors,
} from '../../../features/vectors/vector-rows.js';
import { VectorStore } from '../../../features/vectors/vector-store.js';

const WIDTH = 3;

/** Row i is [i, −i, i / 2] for every third i, and missing otherwise. */
function filled(n: number, most: number): StoredVectors | Float32Array {
  const store = new VectorStore(WIDTH, most);
  for (let i = 0; i < n; i += 3) store.chunkOf(i).set([i, -i, i / 2], store.placeOf(i));
  return store.take(n);
}

function rowsOf(from: StoredVectors | Float32Array, n: number): number[][] {
  return Array.from({ length: n }, (_, row) => {
    const out = new Float32Array(WIDTH);
    readVector(from, WIDTH, row, out);
    return [...out];
  });
}

describe('vectors in a file', () => {
  const n = 1000;
  const kept = filled(n, Number.POSITIVE_INFINITY) as Float32Array;
  const stored = filled(n, 256 * WIDTH * 4) as StoredVectors;

  it('are kept in a file beyond the limit, with the same rows', () => {
    expect(kept).toBeInstanceOf(Float32Array);
    expect(stored.file).toBeGreaterThan(2);
    expect(rowsOf(stored, n)).toEqual(rowsOf(kept, n));
    expect([hasRow(stored, WIDTH, 3), hasRow(stored, WIDTH, 4)]).toEqual([true, false]);
    // four whole chunks of 256 rows, and no name in any folder
    expect(fstatSync(stored.file)).toMatchObject({ size: 1024 * WIDTH * 4, nlink: 0 });
  });

  it('are picked without a copy, also twice', () => {
    const once = pickVectors(stored, WIDTH, Int32Array.of(9, 1, 6)) as StoredVectors;
    expect(rowsOf(pickVectors(once, WIDTH, Int32Array.of(2, 0)), 2)).toEqual([
      [6, -6, 3],
      [9, -9, 4.5],
    ]);
    expect(once.file).toBe(stored.file);
    expect([...(pickVectors(kept, WIDTH, Int32Array.of(3)) as Float32Array)]).toEqual([3, -3, 1.5]);
  });

  it('have the same identity in each run', () => {
    const again = filled(n, 256 * WIDTH * 4) as StoredVectors;
    expect(again.file).not.toBe(stored.file);
    expect(identityOf(again)).toEqual(identityOf(stored));
    expect(identityOf(filled(n + 3, 256 * WIDTH * 4))).not.toEqual(identityOf(stored));
  });

  it('are read by other threads', async () => {
    const code = `const { parentPort, workerData } = require('node:worker_threads');
      const bytes = Buffer.alloc(12);
      require('node:fs').readSync(workerData.file, bytes, 0, 12, 12 * workerData.rows[6]);
      parentPort.postMessage(bytes.readFloatLE(8));`;
    const worker = new Worker(code, { eval: true, workerData: stored });
    expect(await new Promise((done) => worker.once('message', done))).toBe(3);
  });

  it('say which row is not there', () => {
    const cut = { ...stored, rows: Int32Array.of(5000) };
    expect(() => readVector(cut, WIDTH, 0, new Float32Array(WIDTH))).toThrow('the file of vectors ends in row 0');
  });
});
