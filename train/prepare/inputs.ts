import { isHidden } from '../../features/pattern.js';
import { EMBEDDINGS, type EmbeddingShape } from '../../features/vectors/embeddings.js';
import { readVector } from '../../features/vectors/vector-rows.js';
import { type Matrix, matrixFor } from './matrix.js';
import type { TrainingData } from './training-data.js';

/** The graph's inputs for some rows. */
export interface Inputs {
  features: Float32Array;
  categories: BigInt64Array;
  /** Undefined if the graph reads no words. */
  words: Int32Array | undefined;
  /** The vectors [rows, size] of each embedding that the graph reads; NaN = missing. */
  embeddings: Float32Array[];
}

/** Inputs of `rows`; with `pattern` as if only its groups of signals had been recorded. */
export function inputsOf(data: TrainingData, matrix: Matrix, rows: Int32Array, pattern?: string): Inputs {
  return inputReader(data, matrix, pattern)(rows);
}

/** The same for rows that are read part by part. */
export function inputReader(data: TrainingData, matrix: Matrix, pattern?: string): (rows: Int32Array) => Inputs {
  const { schema } = matrix;
  const { numeric, categories: indexes } = pattern === undefined ? matrix : matrixFor(data, schema, pattern);
  const d = schema.numeric.length;
  const c = schema.categorical.length;
  const length = schema.words?.length ?? 0;
  const hidden = schema.numeric.flatMap((name, j) => (pattern !== undefined && isHidden(name, pattern) ? [j] : []));
  const shapes = schema.embeddings ?? [];
  const areHidden = pattern !== undefined && isHidden(EMBEDDINGS, pattern);
  return (rows) => {
    const embeddings = shapes.map((shape) => pickedVectors(data, shape, areHidden ? null : rows, rows.length));
    const features = new Float32Array(rows.length * d);
    const categories = new BigInt64Array(rows.length * c);
    const words = new Int32Array(rows.length * length);
    rows.forEach((row, i) => {
      features.set(numeric.subarray(row * d, (row + 1) * d), i * d);
      for (const j of hidden) features[i * d + j] = Number.NaN;
      for (let k = 0; k < c; k++) categories[i * c + k] = BigInt(indexes[row * c + k]);
      if (length > 0) words.set(data.signals.words!.subarray(row * length, (row + 1) * length), i * length);
    });
    return { features, categories, words: length > 0 ? words : undefined, embeddings };
  };
}

/** The vectors of some rows, [rows, size]; NaN if the data has none, or if `rows` is null. */
function pickedVectors(data: TrainingData, { name, size }: EmbeddingShape, rows: Int32Array | null, n: number) {
  const { vectors } = data.signals;
  const place = vectors?.shapes.findIndex((shape) => shape.name === name && shape.size === size) ?? -1;
  const picked = new Float32Array(n * size);
  if (rows === null || place < 0) return picked.fill(Number.NaN);
  rows.forEach((row, i) => {
    readVector(vectors!.values[place], size, row, picked, i * size);
  });
  return picked;
}
