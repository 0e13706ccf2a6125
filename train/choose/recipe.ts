import type { Calibrator } from '../../models/calibrators/calibrator.js';
import { type CalibrationBand, fitCalibrationBand } from '../../models/calibrators/interval/calibration-band.js';
import { intervalAt } from '../../models/calibrators/interval/interval.js';
import { fittedSlice, sliceIndexOf } from '../../models/calibrators/interval/slice-index.js';
import { calibrate } from '../../models/calibrators/list.js';
import { applySliceLines } from '../../models/calibrators/slice-lines.js';
import type { Logits, Probabilities } from '../../models/numbers.js';
import { pick } from '../../support/pick.js';
import { isOwn, isSimple, type Share } from '../learn/learner.js';
import type { Sheet } from '../learn/sheet.js';
import type { TrainOptions } from '../options.js';
import type { TrainingData } from '../prepare/training-data.js';
import { type ChosenCalibration, chooseCalibration } from './calibrate.js';
import type { CrossFit } from './crossfit.js';
import { type FoldFits, valuesAt } from './fold-fits.js';
import { type LearnerCandidate, selectLearner } from './select.js';
import { type ChosenSliceLines, chooseSliceLines } from './slice-calibration.js';

/** Everything that is chosen by the labels of some rows, from their out-of-fold logits alone. */
export interface Recipe {
  cross: CrossFit;
  learners: LearnerCandidate[];
  /** What the chosen learner is made of. */
  shares: Share[];
  sliced: ChosenSliceLines;
  calibration: ChosenCalibration;
  /** The share right at a score, as an interval. */
  interval: CalibrationBand;
  /** The shift, out of fold, that the share `shiftFlags` of the rows is above. */
  shiftThreshold: number;
  /**
   * Out-of-fold logits of the chosen learner, in the order of the rows, by lines of their (model, task) where these
   * pay.
   */
  outOfFold: Logits;
  /** Their calibrated probabilities. */
  probability: Probabilities;
}

/**
 * Chooses learner, lines of (model, task), calibrator (ours, or one of `own`, of plug-ins) and shift threshold for
 * cross-fitted candidates.
 */
export function chooseRecipe(
  data: TrainingData,
  sheet: Sheet,
  cross: CrossFit,
  options: TrainOptions,
  own?: readonly Calibrator[],
): Recipe {
  const { rows, fold } = cross;
  const learners = selectLearner(data, rows, cross.learners);
  const chosen = learners.find((candidate) => candidate.chosen)!.name;
  const { logits, parts: shares } = cross.learners.get(chosen)!;
  const sliceIndex = sliceIndexOf(sheet.schema.categorical);
  const slice = slicesOfRows(sheet, rows);
  const sliced = chooseSliceLines({
    data,
    rows,
    fold,
    logits,
    slices: { slice, count: sliceIndex.count },
    strengths: options.sliceStrengths,
  });
  const calibration = chooseCalibration(data, rows, fold, sliced.logits, own);
  const interval = fitCalibrationBand({
    logits: sliced.logits,
    y: pick(data.y, rows),
    w: pick(data.w, rows),
    group: rows.map((row) => data.group[row]),
    slice,
    slices: sliceIndex.count,
  });
  const shiftThreshold = quantile(cross.shift, 1 - options.shiftFlags);
  const probability = calibrate(calibration.calibration, sliced.logits);
  const outOfFold = sliced.logits;
  return { cross, learners, shares, sliced, calibration, interval, shiftThreshold, outOfFold, probability };
}

/** What a predictor says of the rows of one fold, in the order of `fits.places(fold)`. */
export interface Said {
  /** By lines of (model, task), as the calibrator gets them. */
  logit: Logits;
  probability: Probabilities;
  /** Interval of the share right. */
  low: Probabilities;
  high: Probabilities;
}

/** What the recipe chosen without a fold says of that fold's rows, from fits on all other folds. */
export async function sayOfFold(fits: FoldFits, sheet: Sheet, fold: number, recipe: Recipe): Promise<Said> {
  const { cross, shares, sliced, calibration, interval } = recipe;
  const without = [fold];
  const ground = await fits.ground(without, cross.words);
  const among = fits.among(without, fold);
  const parts = await Promise.all(
    shares.map(async ({ kind, stages, share }) => {
      if (kind === 'logistic') return { share, logits: valuesAt(ground.logits[cross.at], among) };
      if (isOwn(kind)) return { share, logits: valuesAt(await fits.own(without, { kind, words: cross.words }), among) };
      if (isSimple(kind)) return { share, logits: valuesAt(ground.simple!.logits[kind], among) };
      const trails = await fits.trails(without, { kind, at: cross.at, words: cross.words, least: stages });
      return { share, logits: trails.atStage(0, stages) };
    }),
  );
  const rows = fits.places(fold).map((i) => fits.rows[i]);
  const blended = Float64Array.from(rows.keys(), (i) =>
    parts.reduce((sum, { share, logits }) => sum + share * logits[i], 0),
  );
  const slice = slicesOfRows(sheet, rows);
  const logit = sliced.sliceLines === null ? blended : applySliceLines(sliced.sliceLines, blended, slice);
  const probability = calibrate(calibration.calibration, logit);
  const bounds = Array.from(logit, (z, i) => intervalAt(interval, z, slice[i]));
  return {
    logit,
    probability,
    low: Float64Array.from(bounds, ({ low }, i) => Math.min(low, probability[i])),
    high: Float64Array.from(bounds, ({ high }, i) => Math.max(high, probability[i])),
  };
}

/** The (model, task) of each row as lines know it; −1 for none. */
function slicesOfRows(sheet: Sheet, rows: Int32Array): Int32Array {
  const { categorical } = sheet.schema;
  const index = sliceIndexOf(categorical);
  return rows.map((row) => fittedSlice(index, sheet.categories, row * categorical.length));
}

/** The value that a share q of the values lie below; of the sorted values the one at ⌊q·n⌋. */
export function quantile(values: Float64Array, q: number): number {
  const sorted = values.slice().sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
}
