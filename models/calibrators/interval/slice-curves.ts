import { maxOf } from '../../../support/extremes.js';
import { cholesky, choleskySolve } from '../../cholesky.js';
import { form, inverse, plusDiagonal, product, sumOf, times, transposed } from '../solve/square.js';
import { varianceBetween } from './between-slices.js';

/**
 * The answers that curves are fitted to: their columns x [n, d] row after row, labels, weights, questions, and slices
 * in 0…slices − 1.
 */
interface CurveData {
  x: Float64Array;
  d: number;
  y: Float64Array;
  w: Float64Array;
  group: ArrayLike<number>;
  slice: Int32Array;
  slices: number;
}

/** Coefficients of a curve [d], their covariance [d, d], and the number of independent answers. */
export interface Curve {
  mean: Float64Array;
  covariance: Float64Array;
  answers: number;
}

/**
 * Weight, in answers, of the prior of 0 on the slope and bends of the pooled curve. It decides only where the answers
 * do not.
 */
const TIE_BREAK = 1e-3;

/** Smallest variance between slices that is used: below it slices are treated as identical. */
const LEAST = 1e-4;

const MOST_STEPS = 30;

/** Information [d, d] and score [d] of each slice at given coefficients. */
interface Local {
  information: Float64Array[];
  score: Float64Array[];
}

/**
 * A logistic curve for each slice with partial pooling, m = x·(β + γ_c), γ_c ~ N(0, diag τ²). First τ², an upper bound
 * from how far slices are from the pooled curve; then the mode; then its covariance in closed form. With A_c the
 * information of slice c, P = 1/τ², D_c = (A_c + P)⁻¹, W_c = D_c·P and S = Σ A_c·W_c: Cov(β + γ_c) = D_c +
 * W_c·S⁻¹·W_cᵀ, and Cov(β + γ) = S⁻¹ + τ² for a slice without answers. A slice with many answers gets its own curve; a
 * slice with none gets what slices have in common. The information counts questions, not answers: it is divided by the
 * design effect Σ_g u_gᵀ·A⁻¹·u_g/d (u_g is the score of a question), which is at least 1. Source: Gelman & Hill 2007,
 * ch. 12 and 14 (partial pooling); Nychka 1988 (such intervals cover on average over the curve); design effect: Kish
 * 1965, Liang & Zeger 1986.
 */
export function fitSliceCurves(data: CurveData): { curves: Curve[]; unseen: Curve } {
  const { d, slices } = data;
  const zero = () => new Float64Array(d);
  const start = { pooled: zero(), own: Array.from({ length: slices }, zero) };
  const pooled = modeOf(data, start, null);
  const local = localAt(data, pooled);
  const tie = zero().fill(TIE_BREAK, 1);
  const all = plusDiagonal(sumOf(local.information), tie);
  const together = designEffect(data, pooled, all, false);
  if (slices === 1) {
    const covariance = inverse(all, d).map((v) => together * v);
    const curve = { mean: pooled.pooled, covariance, answers: weightOf(data) / together };
    return { curves: [curve], unseen: curve };
  }
  const within = designEffect(data, pooled, all, true);
  const tau = zero().map((_, k) => {
    const estimates = local.information.map((a, c) => ({
      estimate: local.score[c][k] / (a[k * d + k] + 1e-9),
      variance: within / (a[k * d + k] + 1e-9),
    }));
    return Math.max(varianceBetween(estimates), LEAST);
  });
  const precision = tau.map((v) => 1 / v);
  const mode = modeOf(data, pooled, precision);
  const parts = localAt(data, mode).information.map((a) => {
    const information = a.map((v) => v / within);
    const own = inverse(plusDiagonal(information, precision), d); // D_c
    const kept = own.map((v, i) => v * precision[i % d]); // W_c
    return { own, kept, left: product(information, kept, d) };
  });
  const common = inverse(plusDiagonal(sumOf(parts.map(({ left }) => left)), tie), d).map(
    (v) => (v * together) / within,
  );
  return {
    curves: parts.map(({ own, kept }, c) => ({
      mean: mode.pooled.map((b, j) => b + mode.own[c][j]),
      covariance: sumOf([own, product(product(kept, common, d), transposed(kept, d), d)]),
      answers: weightOf(data, c) / within,
    })),
    unseen: { mean: mode.pooled, covariance: plusDiagonal(common, tau), answers: weightOf(data) / together },
  };
}

/** Total weight of all answers, or of the answers of one slice. */
function weightOf({ w, slice }: CurveData, of?: number): number {
  return w.reduce((sum, by, i) => (of === undefined || slice[i] === of ? sum + by : sum), 0);
}

interface Coefficients {
  pooled: Float64Array;
  own: Float64Array[];
}

/**
 * Newton's method on β and all γ_c at once; γ_c is eliminated slice by slice. `precision` null: no slice has its own
 * curve.
 */
function modeOf(data: CurveData, start: Coefficients, precision: Float64Array | null): Coefficients {
  const d = start.pooled.length;
  const tie = new Float64Array(d).fill(TIE_BREAK, 1);
  let at = start;
  for (let step = 0; step < MOST_STEPS; step++) {
    const { information, score } = localAt(data, at);
    const parts = information.map((a, c) => {
      if (precision === null) return { own: null, pull: score[c], left: a, gradient: score[c] };
      const own = inverse(plusDiagonal(a, precision), d);
      const pull = score[c].map((s, j) => s - precision[j] * at.own[c][j]);
      const through = product(a, own, d);
      const taken = product(through, a, d);
      const eased = times(through, pull);
      return { own, pull, left: a.map((v, i) => v - taken[i]), gradient: score[c].map((s, j) => s - eased[j]) };
    });
    const gradient = sumOf(parts.map((part) => part.gradient)).map((s, j) => s - tie[j] * at.pooled[j]);
    const left = plusDiagonal(sumOf(parts.map((part) => part.left)), tie);
    const move = choleskySolve(cholesky(left, d), gradient);
    const moves = parts.map(({ own, pull }, c) => {
      if (own === null) return null;
      const eased = times(information[c], move);
      return times(
        own,
        pull.map((v, j) => v - eased[j]),
      );
    });
    const most = maxOf([move, ...moves].map((m) => (m === null ? 0 : maxOf(m.map(Math.abs)))));
    const rate = most > 3 ? 3 / most : 1;
    at = {
      pooled: at.pooled.map((b, j) => b + rate * move[j]),
      own: at.own.map((b, c) => (moves[c] === null ? b : b.map((v, j) => v + rate * moves[c]![j]))),
    };
    if (most < 1e-6) break;
  }
  return at;
}

function localAt(data: CurveData, coefficients: Coefficients): Local {
  const { x, d, w, slice, slices } = data;
  const information = Array.from({ length: slices }, () => new Float64Array(d * d));
  const score = Array.from({ length: slices }, () => new Float64Array(d));
  eachResidual(data, coefficients, (i, residual, p) => {
    const at = i * d;
    const a = information[slice[i]];
    const s = score[slice[i]];
    for (let j = 0; j < d; j++) {
      s[j] += residual * x[at + j];
      const by = w[i] * p * (1 - p) * x[at + j];
      for (let k = 0; k < d; k++) a[j * d + k] += by * x[at + k];
    }
  });
  return { information, score };
}

/**
 * By how much the variance exceeds that of independent answers; clustered by question, or by question within each
 * slice.
 */
function designEffect(data: CurveData, at: Coefficients, information: Float64Array, isWithin: boolean): number {
  const { x, d, group, slice, slices } = data;
  const place = new Map<number, number>();
  const places = Int32Array.from(slice, (own, i) => {
    const key = isWithin ? group[i] * slices + own : group[i];
    let known = place.get(key);
    if (known === undefined) place.set(key, (known = place.size));
    return known;
  });
  // One array for all, because there may be a question for every four answers.
  const scores = new Float64Array(place.size * d);
  eachResidual(data, at, (i, residual) => {
    for (let j = 0; j < d; j++) scores[places[i] * d + j] += residual * x[i * d + j];
  });
  const covariance = inverse(information, d);
  let sum = 0;
  for (let k = 0; k < place.size; k++) sum += form(covariance, scores.subarray(k * d, (k + 1) * d));
  return Math.max(1, sum / d);
}

function eachResidual(
  { x, d, y, w, slice }: CurveData,
  { pooled, own }: Coefficients,
  use: (i: number, residual: number, p: number) => void,
): void {
  for (let i = 0; i < y.length; i++) {
    const mine = own[slice[i]];
    let m = 0;
    for (let j = 0; j < d; j++) m += (pooled[j] + mine[j]) * x[i * d + j];
    const p = 1 / (1 + Math.exp(-Math.min(Math.max(m, -30), 30)));
    use(i, w[i] * (y[i] - p), p);
  }
}
