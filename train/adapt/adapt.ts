import { foldsByGroup } from '../../data/split.js';
import { type Logits, logLossOfLogit } from '../../models/numbers.js';
import type { Random } from '../../support/random.js';
import { foldPlaces } from '../fold-places.js';
import { type Correction, correctedLogits, type Pull, type Transferred } from './correction.js';
import { fitCorrection } from './fit-correction.js';
import { spanOf } from './span.js';

/** A pull that was tried: its cross-validated log-loss on the new labels, and its share in the correction. */
export interface TriedPull extends Pull {
  logLoss: number;
  share: number;
}

export interface Adapted {
  correction: Correction;
  tried: TriedPull[];
  /** Fold of each answer, by question, and its logit under a correction that has not seen its question. */
  fold: Int32Array;
  crossed: Logits;
}

const HELD = Number.POSITIVE_INFINITY;
/** Pull on a level that is drawn to nothing: as good as free. */
const FREE = 0.01;

/** From "as trained" over "level and slope" and "inputs beside a slope of their own" to "from scratch". */
const pulls: readonly Pull[] = [
  { centre: 1, intercept: HELD, slope: HELD, weights: HELD },
  ...[10, 1].map((intercept): Pull => ({ centre: 1, intercept, slope: HELD, weights: HELD })),
  { centre: 1, intercept: 10, slope: 30, weights: HELD },
  ...[10, 1].map((slope): Pull => ({ centre: 1, intercept: 1, slope, weights: HELD })),
  ...[300, 100, 30, 10, 3, 1].map((weights): Pull => ({ centre: 0, intercept: FREE, slope: 1, weights })),
  ...[300, 100, 30, 10, 3, 1, 0.3, 0.1].map((weights): Pull => ({ centre: 0, intercept: FREE, slope: HELD, weights })),
];

/**
 * What is thought of a pull before any label was seen. Of one on weights: ln pull about normal around ln(USUAL / n), as fewer
 * labels bear less freedom. And the more of the answers look like those trained on, the more it takes to leave the trained
 * logit (LEAVING, in nats) and the less to keep it as it is (KEEPING). These numbers and the tempering below are those with the
 * least loss over the tasks and models of bench/adapt.
 */
const USUAL = 1000;
const SPREAD = 2.5;
const LEAVING = 4;
const KEEPING = 2;
/** Share of its log-likelihood that cross-validation counts with: the losses of pulls waver together on few labels. */
const TEMPER = 0.4;

/** Corrections with a smaller share are left out of the mean. */
const LEAST_SHARE = 1e-3;

/**
 * Adapts a trained predictor to the labels of a new task or model: corrections at every pull, averaged with shares
 * prior · exp(−TEMPER · Σ cross-validated log-loss), folds by question (pseudo-BMA: Yao et al. 2018, sec. 2). As all are
 * linear in the same terms their mean is one correction. A choice of one pull would waver at 50 labels. `familiar` is the share
 * of the answers that the trained predictor's shift counts as like those trained on.
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
  const span = spanOf(data.x, n, data.d);
  const inner: Transferred = { ...data, x: span.x, d: span.r };
  const parts = foldPlaces(fold);
  const fits = pulls.map((pull) => {
    const whole = fitCorrection(all, inner, pull);
    const z = new Float64Array(n);
    for (const { inside, held } of parts) {
      const own = correctedLogits(fitCorrection(inside, inner, pull, whole), inner);
      for (const i of held) z[i] = own[i];
    }
    return { whole, z, losses: z.map((logit, i) => data.w[i] * logLossOfLogit(logit, data.y[i])) };
  });
  const sumOver = (losses: Float64Array, of: (i: number) => boolean) =>
    losses.reduce((sum, loss, i) => (of(i) ? sum + loss : sum), 0);
  const totals = fits.map(({ losses }) => sumOver(losses, () => true));
  const prior = pulls.map((pull) => logPrior(pull, n, familiar));
  const shares = sharesOf(totals, prior);

  const crossed = new Float64Array(n);
  parts.forEach(({ held }, k) => {
    const others = sharesOf(
      fits.map(({ losses }) => sumOver(losses, (i) => fold[i] !== k)),
      prior,
    );
    for (const i of held) crossed[i] = fits.reduce((sum, { z }, p) => sum + others[p] * z[i], 0);
  });
  const mean = { intercept: 0, slope: 0, weights: new Float64Array(span.r) };
  fits.forEach(({ whole }, p) => {
    mean.intercept += shares[p] * whole.intercept;
    mean.slope += shares[p] * whole.slope;
    for (let j = 0; j < span.r; j++) mean.weights[j] += shares[p] * whole.weights[j];
  });
  const weight = data.w.reduce((sum, w) => sum + w, 0);
  return {
    correction: { ...mean, weights: span.back(mean.weights) },
    tried: pulls.map((pull, p) => ({ ...pull, logLoss: totals[p] / weight, share: shares[p] })),
    fold,
    crossed,
  };
}

/** Shares in a mean by summed log-loss and prior, small ones 0. */
function sharesOf(losses: readonly number[], prior: readonly number[]): number[] {
  const score = losses.map((loss, p) => prior[p] - TEMPER * loss);
  const best = Math.max(...score);
  const raw = score.map((value) => Math.exp(value - best));
  const total = raw.reduce((sum, share) => sum + share, 0);
  const kept = raw.map((share) => (share < LEAST_SHARE * total ? 0 : share));
  const left = kept.reduce((sum, share) => sum + share, 0);
  return kept.map((share) => share / left);
}

function logPrior({ weights, slope, intercept }: Pull, n: number, familiar: number): number {
  if (weights < HELD) return -0.5 * (Math.log((weights * n) / USUAL) / SPREAD) ** 2 - LEAVING * familiar;
  return slope === HELD && intercept === HELD ? KEEPING * familiar : 0;
}
