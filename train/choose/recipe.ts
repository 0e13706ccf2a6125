import type { Calibrator } from '../../models/calibrators/calibrator.js';
import { type CalibrationBand, fitCalibrationBand } from '../../models/calibrators/interval/calibration-band.js';
import { intervalAt } from '../../models/calibrators/interval/interval.js';
import { fittedSlice, sliceIndexOf } from '../../models/calibrators/interval/slice-index.js';
import { calibrate } from '../../models/calibrators/list.js';
import { applySliceLines } from '../../models/calibrators/slice-lines.js';
import type { Logits, Probabilities } from '../../models/numbers.js';
import { pick } from '../../support/pick.js';
import type { Share } from '../learn/learner.js';
import { learnerNamed } from '../learn/list.js';
import type { Sheet } from '../learn/sheet.js';
import type { TrainOptions } from '../options.js';
import type { TrainingData } from '../prepare/training-data.js';
import { type ChosenCalibration, chooseCalibration } from './calibrate.js';
import type { CrossFit } from './crossfit.js';
import { type FoldFits, valuesAt } from './fold-fits.js';
import { type LearnerCandidate, selectLearner } from './select.js';
import { type ChosenSliceLines, chooseSliceLines } from './slice-calibration.js';

/** Everything that is chosen by the labels of some rows. The choices see only out-of-fold logits of these rows. */
export interface Recipe {
  cross: CrossFit;
  learners: LearnerCandidate[];
  /** The single learners in the chosen learner, with their shares. */
  shares: Share[];
  sliced: ChosenSliceLines;
  calibration: ChosenCalibration;
  /** The interval for the share of right answers at a score. */
  interval: CalibrationBand;
  /**
   * Out-of-fold logits of the chosen learner, in the order of the rows. If lines per (model, task) lower the loss, they
   * are applied.
   */
  outOfFold: Logits;
  /** The calibrated probabilities of `outOfFold`. */
  probability: Probabilities;
}

/** Chooses the learner, the lines per (model, task) and the calibrator (one of ours, or one of `own`, from plug-ins). */
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
  const probability = calibrate(calibration.calibration, sliced.logits);
  const outOfFold = sliced.logits;
  return { cross, learners, shares, sliced, calibration, interval, outOfFold, probability };
}

/** What a predictor returns for the rows of one fold, in the order of `fits.places(fold)`. */
export interface Said {
  /** The logits that the calibrator gets: after the lines per (model, task). */
  logit: Logits;
  probability: Probabilities;
  /** The interval for the share of right answers. */
  low: Probabilities;
  high: Probabilities;
}

/** What a recipe that was chosen without a fold returns for that fold's rows, from fits on all other folds. */
export async function sayOfFold(fits: FoldFits, sheet: Sheet, fold: number, recipe: Recipe): Promise<Said> {
  const { cross, shares, sliced, calibration, interval } = recipe;
  const without = [fold];
  const ground = await fits.ground(without, cross.channels);
  const among = fits.among(without, fold);
  const parts = await Promise.all(
    shares.map(async ({ kind, stages, share }) => {
      const { channels } = cross;
      const learner = learnerNamed(kind, fits.learners);
      if (learner.way === 'plugin')
        return { share, logits: valuesAt(await fits.own(without, { learner, channels }), among) };
      if (learner.way === 'simple') return { share, logits: valuesAt(ground.simple!.logits[learner.name], among) };
      if (learner.way !== 'stages') return { share, logits: valuesAt(ground.logits[cross.at], among) };
      const trails = await fits.trails(without, { kind: learner.name, at: cross.at, channels, least: stages });
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

/** The index of each row's (model, task) among the lines; −1 for none. */
function slicesOfRows(sheet: Sheet, rows: Int32Array): Int32Array {
  const { categorical } = sheet.schema;
  const index = sliceIndexOf(categorical);
  return rows.map((row) => fittedSlice(index, sheet.categories, row * categorical.length));
}
