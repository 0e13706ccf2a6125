import { type InferenceSession, Tensor } from 'onnxruntime-node';
import { embeddingInput } from '../features/vectors/embeddings.js';
import type { Manifest } from '../models/bundle/manifest.js';
import { VouchError } from '../support/errors.js';
import { thousands } from '../support/words/thousands.js';

export interface FeatureScores {
  logit: Float32Array;
  probability: Float32Array;
  low: Float32Array;
  high: Float32Array;
  shift: Float32Array;
}

/** Outputs of the graph. Each is one number per row. */
export const OUTPUTS = ['logit', 'probability', 'low', 'high', 'shift'] as const satisfies (keyof FeatureScores)[];

/**
 * Inputs of the graph: features [n, d], categories [n, c], words [n, length] if it reads any, and the vectors [n, size]
 * of each embedding that it reads, in order (NaN = missing).
 */
export interface Rows {
  features: Float32Array;
  categories: BigInt64Array;
  words: Int32Array | undefined;
  embeddings?: readonly Float32Array[];
}

/** Runs the graph on n rows and checks its outputs. Errors: BUNDLE_BAD. */
export async function runGraph(
  session: InferenceSession,
  { numeric, categorical, words: shape, embeddings: shapes = [] }: Manifest['signals'],
  n: number,
  { features, categories, words, embeddings }: Rows,
): Promise<FeatureScores> {
  const feeds: Record<string, Tensor> = { features: new Tensor('float32', features, [n, numeric.length]) };
  if (categorical.length > 0) feeds.categories = new Tensor('int64', categories, [n, categorical.length]);
  if (shape !== undefined && words !== undefined) feeds.words = new Tensor('int32', words, [n, shape.length]);
  shapes.forEach(({ name, size }, k) => {
    const vectors = embeddings?.[k] ?? new Float32Array(n * size).fill(Number.NaN);
    feeds[embeddingInput(name)] = new Tensor('float32', vectors, [n, size]);
  });
  const results = await session.run(feeds);
  const scores = Object.fromEntries(OUTPUTS.map((name) => [name, results[name]?.data])) as unknown as FeatureScores;
  for (const name of OUTPUTS) {
    const values: unknown = scores[name];
    if (!(values instanceof Float32Array) || values.length !== n)
      throw new VouchError('BUNDLE_BAD', 'the graph does not give one number per row', {
        field: name,
        expected: `${thousands(n)} numbers`,
      });
  }
  for (const probability of scores.probability) checkProbability(probability);
  return scores;
}

/** Refuses a value that is not a probability, NaN included. Error: BUNDLE_BAD. */
export function checkProbability(probability: number): void {
  if (probability >= 0 && probability <= 1) return;
  const detail = { field: 'probability', expected: '0 to 1', got: probability };
  throw new VouchError('BUNDLE_BAD', 'the model returned a value that is not a probability', detail);
}
