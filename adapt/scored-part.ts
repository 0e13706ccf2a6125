import type { BandData } from '../models/calibrators/interval/calibration-band.js';
import { fittedSlice } from '../models/calibrators/interval/slice-index.js';
import type { CompiledPredictor } from '../models/compiled.js';
import type { Logits } from '../models/numbers.js';
import type { Scorer } from '../scorer/scorer.js';
import { pick } from '../support/pick.js';
import { inputsOf } from '../train/prepare/inputs.js';
import type { Matrix } from '../train/prepare/matrix.js';
import type { TrainingData } from '../train/prepare/training-data.js';

interface ScoredPartOptions {
  scorer: Scorer;
  /** As in `AdaptPredictorOptions`. */
  part: { pattern: string | null; predictor: CompiledPredictor; rows: Int32Array };
  data: TrainingData;
  matrix: Matrix;
}

/** What every change of a predictor begins with: its rows as the trained predictor sees them. */
export async function scoredPart({ scorer, part: { pattern, predictor, rows }, data, matrix }: ScoredPartOptions) {
  const inputs = inputsOf(data, matrix, rows, pattern ?? undefined);
  const scores = await scorer.scoreFeatures(inputs.features, inputs.categories, inputs.words, inputs.embeddings);
  return {
    inputs,
    /** Probability, logit and shift by the trained predictor, and the slice of each row. */
    before: Float64Array.from(scores.probability),
    raw: Float64Array.from(scores.logit),
    shift: scores.shift,
    slice: slicesOfRows(predictor, inputs.categories, rows.length),
    /** Share of the rows that are like the training answers. */
    familiar: scores.shift.filter((value) => !(value > 1)).length / rows.length,
    labels: { y: pick(data.y, rows), w: pick(data.w, rows) },
    groups: Array.from(rows, (row) => data.groups[row]),
  };
}

/** The rows with their cross-validated logits, for `fitCalibrationBand`. */
export function bandData(
  logits: Logits,
  { labels, slice }: Pick<Awaited<ReturnType<typeof scoredPart>>, 'labels' | 'slice'>,
  { data, rows, predictor }: { data: TrainingData; rows: Int32Array; predictor: CompiledPredictor },
): BandData {
  const group = rows.map((row) => data.group[row]);
  return { ...labels, logits, group, slice, slices: predictor.sliceIndex.count };
}

/** The slice of each of n rows. Model and task stay as trained, so the adapted predictor has the same slices. */
function slicesOfRows({ sliceIndex }: CompiledPredictor, given: ArrayLike<bigint>, n: number): Int32Array {
  const categories = Int32Array.from(given, Number);
  return Int32Array.from({ length: n }, (_, i) => fittedSlice(sliceIndex, categories, (i * categories.length) / n));
}
