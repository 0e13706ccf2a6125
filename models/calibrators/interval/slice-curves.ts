import { maxOf } from '../../../support/extremes.js';
import { cholesky, choleskySolve } from '../../cholesky.js';
import { form, inverse, plusDiagonal, product, sumOf, times, transposed } from '../solve/square.js';
import { varianceBetween } from './between-slices.js';

/** Answers to fit curves to: the columns of each [n, d], labels and weights, question, slice in 0…slices − 1. */
interface CurveData {
  x: Float64Array[];
  y: Float64Array;
  w: Float64Array;
  group: ArrayLike<number>;
  slice: Int32Array;
  slices: number;
}

/** Coefficients of a curve [d], their covariance [d, d], and how many independent answers there were. */
export interface Curve {
  mean: Float64Array;
  covariance: Float64Array;
  answers: number;
}

/** Pull of the pooled curve's slope and bends to 0, in answers: it decides where the answers cannot. */
const TIE_BREAK = 1e-3;

/** Least variance between slices that is reckoned with: below it slices are as one. */
const LEAST = 1e-4;

const MOST_STEPS = 30;

/** Information [d, d] and score [d] of each slice at some coefficients. */
interface Local {
  information: Float64Array[];
  score: Float64Array[];
}

/**
 * A logistic curve for each slice with partial pooling, m = x·(β + γ_c), γ_c ~ N(0, diag τ²): τ² an upper bound from how far
 * slices lie from the pooled curve, then the mode, then its covariance in closed form. With A_c the information of slice c,
 * P = 1/τ², D_c = (A_c + P)⁻¹, W_c = D_c·P and S = Σ A_c·W_c: Cov(β + γ_c) = D_c + W_c·S⁻¹·W_cᵀ, and Cov(β + γ) = S⁻¹ + τ² for
 * a slice that no answer was seen of. Many answers of a slice: its own curve; none: what slices have in common. Information counts
 * questions, not answers: it is divided by the design effect Σ_g u_gᵀ·A⁻¹·u_g/d (u_g the score of a question), at least 1.
 * Source: Gelman & Hill 2007, ch. 12 and 14 (partial pooling); Nychka 1988 (such intervals cover on average over the curve);
 * design effect: Kish 1965, Liang & Zeger 1986.
 */
export function fitSliceCurves(data: CurveData): { curves: Curve[]; unseen: Curve } {
  const { x, slices } = data;
  const d = x[0].length;
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

/** Weight of all answers, or of those of a slice. */
function weightOf({ w, slice }: CurveData, of?: number): number {
  return w.reduce((sum, by, i) => (of === undefined || slice[i] === of ? sum + by : sum), 0);
}

interface Coefficients {
  pooled: Float64Array;
  own: Float64Array[];
}

/** Newton's method on β and all γ_c at once, the latter eliminated slice by slice; null: no slice has its own. */
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

function localAt(data: CurveData, at: Coefficients): Local {
  const { x, w, slice, slices } = data;
  const d = at.pooled.length;
  const information = Array.from({ length: slices }, () => new Float64Array(d * d));
  const score = Array.from({ length: slices }, () => new Float64Array(d));
  eachResidual(data, at, (i, residual, p) => {
    const row = x[i];
    const a = information[slice[i]];
    const s = score[slice[i]];
    for (let j = 0; j < d; j++) {
      s[j] += residual * row[j];
      const by = w[i] * p * (1 - p) * row[j];
      for (let k = 0; k < d; k++) a[j * d + k] += by * row[k];
    }
  });
  return { information, score };
}

/** How many times the variance is what independent answers would give; clustered by question, or by question within each slice. */
function designEffect(data: CurveData, at: Coefficients, information: Float64Array, isWithin: boolean): number {
  const d = at.pooled.length;
  const scores = new Map<number, Float64Array>();
  eachResidual(data, at, (i, residual) => {
    const key = isWithin ? data.group[i] * data.slices + data.slice[i] : data.group[i];
    let score = scores.get(key);
    if (score === undefined) {
      score = new Float64Array(d);
      scores.set(key, score);
    }
    for (let j = 0; j < d; j++) score[j] += residual * data.x[i][j];
  });
  const covariance = inverse(information, d);
  let sum = 0;
  for (const score of scores.values()) sum += form(covariance, score);
  return Math.max(1, sum / d);
}

function eachResidual(
  { x, y, w, slice }: CurveData,
  { pooled, own }: Coefficients,
  use: (i: number, residual: number, p: number) => void,
): void {
  for (let i = 0; i < x.length; i++) {
    const row = x[i];
    const mine = own[slice[i]];
    let m = 0;
    for (let j = 0; j < row.length; j++) m += (pooled[j] + mine[j]) * row[j];
    const p = 1 / (1 + Math.exp(-Math.min(Math.max(m, -30), 30)));
    use(i, w[i] * (y[i] - p), p);
  }
}
