import { type InferenceSession, Tensor } from 'onnxruntime-node';
import type { Manifest } from '../models/bundle/manifest.js';
import { VouchError } from '../support/errors.js';

export interface FeatureScores {
  logit: Float32Array;
  probability: Float32Array;
  low: Float32Array;
  high: Float32Array;
  shift: Float32Array;
}

/** Outputs of the graph. Each is one number per row. */
export const OUTPUTS = ['logit', 'probability', 'low', 'high', 'shift'] as const satisfies (keyof FeatureScores)[];

/** Inputs of the graph: features [n, d], categories [n, c], and words [n, length] if it reads any. */
export interface Rows {
  features: Float32Array;
  categories: BigInt64Array;
  words: Int32Array | undefined;
}

/** Runs the graph on n rows and checks its outputs. Errors: BUNDLE_BAD. */
export async function runGraph(
  session: InferenceSession,
  { numeric, categorical, words: shape }: Manifest['signals'],
  n: number,
  { features, categories, words }: Rows,
): Promise<FeatureScores> {
  const feeds: Record<string, Tensor> = { features: new Tensor('float32', features, [n, numeric.length]) };
  if (categorical.length > 0) feeds.categories = new Tensor('int64', categories, [n, categorical.length]);
  if (shape !== undefined && words !== undefined) feeds.words = new Tensor('int32', words, [n, shape.length]);
  const results = await session.run(feeds);
  const scores = Object.fromEntries(OUTPUTS.map((name) => [name, results[name]?.data])) as unknown as FeatureScores;
  for (const name of OUTPUTS) {
    const values: unknown = scores[name];
    if (!(values instanceof Float32Array) || values.length !== n)
      throw new VouchError('BUNDLE_BAD', 'the graph does not give one number per row', {
        field: name,
        expected: `${n} numbers`,
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
