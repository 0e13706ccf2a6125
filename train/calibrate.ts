import { logLossOf } from '../metrics/log-loss.js';
import type { Calibration } from '../models/calibrators/calibrator.js';
import { calibrators } from '../models/calibrators/list.js';
import type { Logits } from '../models/numbers.js';
import type { TrainingData } from './data.js';
import { clusteredMean } from './select.js';

/** A calibrator's standing: cross-validated log-loss on the out-of-fold logits. */
export interface CalibratorCandidate {
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
 */
export function chooseCalibration(
  data: TrainingData,
  rows: Int32Array,
  fold: Int32Array,
  logits: Logits,
): ChosenCalibration {
  const y = Float64Array.from(rows, (row) => data.y[row]);
  const w = Float64Array.from(rows, (row) => data.w[row]);
  const folds = Math.max(...fold) + 1;
  const losses = calibrators.map((calibrator) => {
    const loss = new Float64Array(rows.length);
    for (let k = 0; k < folds; k++) {
      const inside = indices(fold, (f) => f !== k);
      const held = indices(fold, (f) => f === k);
      const parameters = calibrator.fit(pick(logits, inside), pick(y, inside), pick(w, inside));
      const p = calibrator.apply(parameters, pick(logits, held));
      held.forEach((i, at) => {
        loss[i] = logLossOf(p[at], y[i]);
      });
    }
    return loss;
  });
  const means = losses.map((loss) => clusteredMean(data, rows, loss).mean);
  const best = means.indexOf(Math.min(...means));
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

function indices(fold: Int32Array, keep: (fold: number) => boolean): Int32Array {
  return Int32Array.from(fold.keys()).filter((i) => keep(fold[i]));
}

function pick(values: Float64Array, at: Int32Array): Float64Array {
  return Float64Array.from(at, (i) => values[i]);
}
