import type { AdaptedPredictor, AdaptPredictorOptions } from './adapt-predictor.js';
import { scoredPart } from './scored-part.js';

/** The predictor as it is, with what it says about the new answers: only its promises are certified again. */
export async function keptPredictor({
  scorer,
  part: { pattern, predictor, rows },
  data,
  matrix,
}: AdaptPredictorOptions): Promise<AdaptedPredictor> {
  const { before, shift, familiar } = await scoredPart({ scorer, part: { pattern, predictor, rows }, data, matrix });
  return {
    pattern,
    rows,
    predictor,
    familiar,
    correction: { intercept: 0, slope: 1, weights: new Float64Array(0) },
    tried: [],
    calibration: { calibration: predictor.calibration, candidates: [] },
    before,
    crossed: before,
    decided: before.map((p, i) => (shift[i] > 1 ? Number.NaN : p)),
  };
}
