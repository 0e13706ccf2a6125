import type { Transferred } from '../../adapt/correction.js';
import { logit } from '../../models/numbers.js';
import type { FeatureScores } from '../../scorer/open.js';
import { pick } from '../../support/pick.js';
import type { TrainingData } from '../../train/prepare/training-data.js';

/**
 * Answers as the correction reads them: z is the logit of the trained predictor's probability, x [n, d] are the encoded
 * inputs, y and w the labels and weights.
 */
export function transferredOf(
  data: TrainingData,
  rows: Int32Array,
  { probability }: Pick<FeatureScores, 'probability'>,
  x: Float32Array,
): Transferred {
  return {
    z: Float64Array.from(probability, logit),
    x,
    d: x.length / rows.length,
    y: pick(data.y, rows),
    w: pick(data.w, rows),
  };
}
