import { foldsByGroup } from '../data/split.js';
import { type Logits, logLossOfLogit } from '../models/numbers.js';
import { maxOf } from '../support/extremes.js';
import type { Random } from '../support/random.js';
import { foldPlaces } from '../train/choose/fold-places.js';
import { type Correction, correctedLogits, type Pull, type Transferred } from './correction.js';
import { easedPath } from './eased.js';
import { fitCorrection } from './fit-correction.js';
import { logPrior, onWeights, pulls } from './pulls.js';
import { spanOf } from './span.js';

/** A pull that was tried: its cross-validated log-loss on the new labels, and its share in the correction. */
export interface TriedPull extends Pull {
  /** Whether weights that a pilot fit found large are penalised less. */
  eased: boolean;
  logLoss: number;
  share: number;
}

interface Adapted {
  correction: Correction;
  tried: TriedPull[];
  /** Fold of each answer (by question), and its logit from a correction that has not seen its question. */
  fold: Int32Array;
  crossed: Logits;
}

/** A correction at one pull: fitted on all labels, and cross-validated. */
interface Fit {
  whole: Correction;
  pull: Pull;
  eased: boolean;
  z: Float64Array;
  losses: Float64Array;
}

/** Weight of the cross-validated log-likelihood: with few labels, the losses of all pulls are noisy together. */
const TEMPER = 0.25;

/** A correction with a smaller share is left out of the mean. */
const LEAST_SHARE = 1e-3;

/**
 * Adapts a trained predictor to the labels of a new task or model. It fits a correction at every pull; pulls on weights
 * are also fitted with eased penalties from a pilot fit, which sees only the training folds. The corrections are
 * averaged with shares prior · exp(−TEMPER · Σ cross-validated log-loss), folds by question (pseudo-BMA: Yao et al.
 * 2018, sec. 2). All are linear in the same terms, so their mean is one correction. To choose a single pull would be
 * too noisy with 50 labels. `familiar`: the share of the answers that are like the training answers by the shift of the
 * trained predictor. Without inputs (d = 0), only level and slope are corrected.
 */
export function adapt(
  data: Transferred,
  familiar: number,
  groups: readonly string[],
  folds: number,
  random: Random,
): Adapted {
  const n = data.y.length;
  const all = Int32Array.from({ length: n }, (_, i) => i);
  const fold = foldsByGroup(groups, folds, random.fork('folds'), new Array<string>(n).fill(''));
  const parts = foldPlaces(fold);
  const span = spanOf(data.x, n, data.d);
  const inner: Transferred = { ...data, x: span.x, d: span.r };
  const onInputs = data.d === 0 ? [] : onWeights;
  const tries = data.d === 0 ? pulls.filter(({ weights }) => !Number.isFinite(weights)) : pulls;
  const easedOf = (rows: Int32Array) => onInputs.flatMap((family) => easedPath(rows, data, span, family));
  const eased = easedOf(all);
  const easedHeld = parts.map(({ inside }) => easedOf(inside));
  const fits: Fit[] = [
    ...tries.map((pull) => {
      const whole = fitCorrection(all, inner, pull);
      const z = new Float64Array(n);
      for (const { inside, heldOut } of parts) {
        const own = correctedLogits(fitCorrection(inside, inner, pull, whole), inner);
        for (const i of heldOut) z[i] = own[i];
      }
      return fitOf({ ...whole, weights: span.back(whole.weights) }, z, pull, false);
    }),
    ...onInputs.flat().map((pull, p) => {
      const z = new Float64Array(n);
      parts.forEach(({ heldOut }, k) => {
        const own = correctedLogits(easedHeld[k][p], data);
        for (const i of heldOut) z[i] = own[i];
      });
      return fitOf(eased[p], z, pull, true);
    }),
  ];
  function fitOf(whole: Correction, z: Float64Array, pull: Pull, eased: boolean): Fit {
    return { whole, z, pull, eased, losses: z.map((logit, i) => data.w[i] * logLossOfLogit(logit, data.y[i])) };
  }
  const sumOver = (losses: Float64Array, of: (i: number) => boolean) =>
    losses.reduce((sum, loss, i) => (of(i) ? sum + loss : sum), 0);
  const totals = fits.map(({ losses }) => sumOver(losses, () => true));
  const prior = fits.map(({ pull, eased }) => logPrior(pull, eased, n, familiar));
  const shares = sharesOf(totals, prior);

  const crossed = new Float64Array(n);
  parts.forEach(({ heldOut }, k) => {
    const others = sharesOf(
      fits.map(({ losses }) => sumOver(losses, (i) => fold[i] !== k)),
      prior,
    );
    for (const i of heldOut) crossed[i] = fits.reduce((sum, { z }, p) => sum + others[p] * z[i], 0);
  });
  const mean = { intercept: 0, slope: 0, weights: new Float64Array(data.d) };
  fits.forEach(({ whole }, p) => {
    mean.intercept += shares[p] * whole.intercept;
    mean.slope += shares[p] * whole.slope;
    for (let j = 0; j < data.d; j++) mean.weights[j] += shares[p] * whole.weights[j];
  });
  const weight = data.w.reduce((sum, w) => sum + w, 0);
  return {
    correction: mean,
    tried: fits.map(({ pull, eased }, p) => ({ ...pull, eased, logLoss: totals[p] / weight, share: shares[p] })),
    fold,
    crossed,
  };
}

/** Shares in the mean from summed log-losses and log-priors; small shares become 0. */
function sharesOf(losses: readonly number[], prior: readonly number[]): number[] {
  const score = losses.map((loss, p) => prior[p] - TEMPER * loss);
  const best = maxOf(score);
  const raw = score.map((value) => Math.exp(value - best));
  const total = raw.reduce((sum, share) => sum + share, 0);
  const kept = raw.map((share) => (share < LEAST_SHARE * total ? 0 : share));
  const left = kept.reduce((sum, share) => sum + share, 0);
  return kept.map((share) => share / left);
}
