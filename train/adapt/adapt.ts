import { foldsByGroup } from '../../data/split.js';
import { logLossOfLogit } from '../../models/numbers.js';
import type { Random } from '../../support/random.js';
import { type Correction, correctedLogits, type Pull, type Transferred } from './correction.js';
import { fitCorrection } from './fit-correction.js';

/** A pull that was tried: its cross-validated log-loss on the new labels, and its share in the correction. */
export interface TriedPull extends Pull {
  logLoss: number;
  share: number;
}

export interface Adapted {
  correction: Correction;
  tried: TriedPull[];
}

const FREE = 0.01;
const HELD = Number.POSITIVE_INFINITY;

/** From "level only" over "level and slope" to "nearly from scratch". */
const pulls: readonly Pull[] = [
  { intercept: FREE, slope: HELD, weights: HELD },
  ...[10, 1].map((slope) => ({ intercept: FREE, slope, weights: HELD })),
  ...[300, 100, 30, 10, 3].flatMap((weights) => [10, 1].map((slope) => ({ intercept: FREE, slope, weights }))),
];

/**
 * Adapts a trained predictor to the labels of a new task or model: corrections at every pull, averaged with shares
 * exp(−n·(cross-validated log-loss)), folds by question (pseudo-BMA, Yao et al. 2018). As all are linear in the same terms
 * their mean is one correction. A choice of one pull would waver at 50 labels.
 */
export function adapt(data: Transferred, groups: string[], folds: number, random: Random): Adapted {
  const n = data.y.length;
  const all = Int32Array.from({ length: n }, (_, i) => i);
  const fold = foldsByGroup(groups, folds, random.fork('folds'), new Array<string>(n).fill(''));
  const weight = data.w.reduce((sum, w) => sum + w, 0);
  const losses = pulls.map((pull) => {
    let loss = 0;
    for (let k = 0; k < folds; k++) {
      const inside = all.filter((i) => fold[i] !== k);
      if (inside.length === n || inside.length === 0) continue;
      const z = correctedLogits(fitCorrection(inside, data, pull), data);
      for (const i of all) if (fold[i] === k) loss += data.w[i] * logLossOfLogit(z[i], data.y[i]);
    }
    return loss / weight;
  });
  const least = Math.min(...losses);
  const raw = losses.map((loss) => Math.exp(-n * (loss - least)));
  const total = raw.reduce((sum, share) => sum + share, 0);
  const tried = pulls.map((pull, k) => ({ ...pull, logLoss: losses[k], share: raw[k] / total }));
  const correction: Correction = { intercept: 0, slope: 0, weights: new Float64Array(data.d) };
  for (const { share, ...pull } of tried) {
    if (share < 1e-3) continue;
    const own = fitCorrection(all, data, pull);
    correction.intercept += share * own.intercept;
    correction.slope += share * own.slope;
    for (let j = 0; j < data.d; j++) correction.weights[j] += share * own.weights[j];
  }
  const kept = tried.reduce((sum, { share }) => sum + (share < 1e-3 ? 0 : share), 0);
  correction.intercept /= kept;
  correction.slope /= kept;
  for (let j = 0; j < data.d; j++) correction.weights[j] /= kept;
  return { correction, tried };
}
