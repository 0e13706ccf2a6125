import type { Architecture, Tf } from '../../../models/networks/types.js';
import { type EncodedRows, numbersOf, type StreamedRows } from '../encoded-rows.js';

interface MiniBatchOptions {
  tf: Tf;
  architecture: Architecture;
  fitRows: EncodedRows | StreamedRows;
  rows: Int32Array;
  from: number;
  size: number;
}

/**
 * The rows `rows[from…]` as tensors: x [b, d], y and w [b, 1] with Σw ≈ 1. They are collected here and then uploaded,
 * because at this size that is faster on every backend than collecting them on the device.
 */
export function miniBatch({ tf, architecture: a, fitRows, rows, from, size }: MiniBatchOptions) {
  const d = a.inputs;
  const x = numbersOf(fitRows, d, size, (i) => rows[from + i]);
  const y = new Float32Array(size);
  const w = new Float32Array(size);
  for (let i = 0; i < size; i++) {
    const row = rows[from + i];
    y[i] = fitRows.y[row];
    w[i] = fitRows.w[row] / size;
  }
  return { x: tf.tensor2d(x, [size, d]), y: tf.tensor2d(y, [size, 1]), w: tf.tensor2d(w, [size, 1]) };
}
