import { logLossOf } from '../../metrics/proper/log-loss.js';
import type { Calibration, Calibrator } from '../../models/calibrators/calibrator.js';
import { calibratorsWith } from '../../models/calibrators/list.js';
import type { Logits } from '../../models/numbers.js';
import { minOf } from '../../support/extremes.js';
import { pick } from '../../support/pick.js';
import type { TrainingData } from '../prepare/training-data.js';
import { foldPlaces } from './fold-places.js';
import { clusteredMean } from './select.js';

/** A calibrator's standing: cross-validated log-loss on the out-of-fold logits. */
interface CalibratorCandidate {
  name: string;
  logLoss: number;
  difference: number;
  standardError: number;
  chosen: boolean;
}

export interface ChosenCalibration {
  calibration: Calibration;
  candidates: CalibratorCandidate[];
}

/**
 * Chooses a calibrator by cross-validated log-loss on out-of-fold logits, folds by question; the simplest within one
 * paired standard error, clustered by question, of the best. The chosen one is then fitted on all out-of-fold logits.
 * `own` are the calibrators of plug-ins.
 */
export function chooseCalibration(
  data: TrainingData,
  rows: Int32Array,
  fold: Int32Array,
  logits: Logits,
  own: readonly Calibrator[] = [],
): ChosenCalibration {
  const calibrators = calibratorsWith(own);
  const y = pick(data.y, rows);
  const w = pick(data.w, rows);
  const losses = calibrators.map(() => new Float64Array(rows.length));
  for (const { inside, heldOut } of foldPlaces(fold)) {
    const [zIn, yIn, wIn] = [logits, y, w].map((values) => pick(values, inside));
    const zHeld = pick(logits, heldOut);
    calibrators.forEach((calibrator, c) => {
      const p = calibrator.apply(calibrator.fit(zIn, yIn, wIn), zHeld);
      heldOut.forEach((i, at) => {
        losses[c][i] = logLossOf(p[at], y[i]);
      });
    });
  }
  const means = losses.map((loss) => clusteredMean(data, rows, loss).mean);
  const best = means.indexOf(minOf(means));
  const candidates: CalibratorCandidate[] = calibrators.map((calibrator, k) => {
    const { mean, error } = clusteredMean(
      data,
      rows,
      losses[k].map((loss, i) => loss - losses[best][i]),
    );
    return { name: calibrator.name, logLoss: means[k], difference: mean, standardError: error, chosen: false };
  });
  const at = candidates.findIndex(({ difference, standardError }) => difference <= standardError);
  candidates[at].chosen = true;
  return { calibration: { name: calibrators[at].name, parameters: calibrators[at].fit(logits, y, w) }, candidates };
}
