import { inputsOf } from '../train/prepare/inputs.js';
import type { AdaptedPredictor, AdaptPredictorOptions } from './adapt-predictor.js';

/** The predictor as it is, with what it says about the new answers: only its promises are certified again. */
export async function keptPredictor({
  scorer,
  part: { pattern, predictor, rows },
  data,
  matrix,
}: AdaptPredictorOptions): Promise<AdaptedPredictor> {
  const { features, categories, words, embeddings } = inputsOf(data, matrix, rows, pattern ?? undefined);
  const scores = await scorer.scoreFeatures(features, categories, words, embeddings);
  const said = Float64Array.from(scores.probability);
  return {
    pattern,
    rows,
    predictor,
    familiar: scores.shift.filter((value) => !(value > 1)).length / rows.length,
    correction: { intercept: 0, slope: 1, weights: new Float64Array(0) },
    tried: [],
    calibration: { calibration: predictor.calibration, candidates: [] },
    before: said,
    crossed: said,
    decided: said.map((p, i) => (scores.shift[i] > 1 ? Number.NaN : p)),
  };
}
