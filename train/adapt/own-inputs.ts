import { isHidden } from '../../features/pattern.js';
import { encode, encodedWidth, fitEncoder } from '../../models/encoder.js';
import type { FurtherInputs } from '../../models/widened.js';
import type { TrainingData } from '../data.js';
import { matrixFor, matrixOf } from '../matrix.js';

/**
 * The numeric signals that vary over the new answers, with an encoder fitted on them: on a new task other signals tell, and on
 * other scales, than on those trained on. With `pattern` only signals of its groups. No labels.
 */
export function fitOwnInputs(data: TrainingData, rows: Int32Array, pattern: string | null): FurtherInputs {
  const names = matrixOf(data, rows).schema.numeric;
  const signals = names.filter((name) => pattern === null || !isHidden(name, pattern));
  const schema = { topK: data.topK, numeric: signals, categorical: [] };
  const { numeric } = matrixFor(data, schema, pattern ?? undefined);
  return { signals, encoder: fitEncoder(numeric, rows, schema) };
}

/** Rows by such inputs: [n, encodedWidth]. */
export function encodeOwnInputs(
  { signals, encoder }: FurtherInputs,
  data: TrainingData,
  rows: Int32Array,
  pattern: string | null,
): Float32Array {
  const { numeric } = matrixFor(data, { topK: data.topK, numeric: signals, categorical: [] }, pattern ?? undefined);
  return encode(encoder, numeric, new Int32Array(0), rows);
}

/** What the correction has weights on: own inputs, and of the trained encoder's the text channel's column and the categories. */
export function termsOf(
  own: FurtherInputs,
  ownRows: Float32Array,
  kept: readonly number[],
  trained: Float32Array,
): { x: Float32Array; d: number } {
  const width = encodedWidth(own.encoder);
  const n = width === 0 ? 0 : ownRows.length / width;
  const before = trained.length / n;
  const d = width + kept.length;
  const x = new Float32Array(n * d);
  for (let i = 0; i < n; i++) {
    x.set(ownRows.subarray(i * width, (i + 1) * width), i * d);
    kept.forEach((j, k) => {
      x[i * d + width + k] = trained[i * before + j];
    });
  }
  return { x, d };
}
