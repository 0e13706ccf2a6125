import { cholesky, choleskySolve, FLOAT32_PIVOT } from '../../models/cholesky.js';

/** Rows of numbers [n, d]. The first number of each row is 1. */
export interface Table {
  x: Float64Array;
  d: number;
}

/** Rows with labels, in the order of their folds. Fold f ends before row `ends[f]`. */
export interface Labelled extends Table {
  label: Float64Array;
  ends: readonly number[];
}

export function logitOf({ x, d }: Table, row: number, beta: Float64Array): number {
  let z = 0;
  for (let j = 0; j < d; j++) z += beta[j] * x[row * d + j];
  return z;
}

/** Sums of the gradient and the Hessian [d, d] (lower half) of the log-loss over a block of rows. */
class Slopes {
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;

  constructor(readonly d: number) {
    this.gradient = new Float64Array(d);
    this.hessian = new Float64Array(d * d);
  }

  add(rows: Labelled, [from, to]: readonly [number, number], beta: Float64Array, curved: boolean): void {
    const { x, d, label } = rows;
    const { gradient, hessian } = this;
    for (let i = from; i < to; i++) {
      const base = i * d;
      let z = 0;
      for (let j = 0; j < d; j++) z += beta[j] * x[base + j];
      const p = 1 / (1 + Math.exp(-z));
      const e = p - label[i];
      if (!curved) {
        for (let j = 0; j < d; j++) gradient[j] += e * x[base + j];
        continue;
      }
      const v = p * (1 - p);
      for (let j = 0; j < d; j++) {
        const xj = x[base + j];
        gradient[j] += e * xj;
        const vx = v * xj;
        for (let k = 0; k <= j; k++) hessian[j * d + k] += vx * x[base + k];
      }
    }
  }

  /** This and `sign` times the other. */
  plus({ gradient, hessian }: Slopes, sign: number): Slopes {
    const sum = new Slopes(this.d);
    for (let j = 0; j < this.d; j++) sum.gradient[j] = this.gradient[j] + sign * gradient[j];
    for (let j = 0; j < hessian.length; j++) sum.hessian[j] = this.hessian[j] + sign * hessian[j];
    return sum;
  }
}

/** Coefficients for all rows, and for all rows except each fold's. */
export interface Fit {
  beta: Float64Array;
  without: Float64Array[];
}

/**
 * Ridge logistic regression by Newton steps; `penalty` applies to all weights but the first. The fits without a fold
 * begin with the last sums of the whole fit minus the fold's: one Newton step, then one with the same Hessian.
 */
export function fitLogistic(rows: Labelled, penalty: number, start: Float64Array): Fit {
  const { d, ends } = rows;
  let beta = Float64Array.from(start);
  let folds: Slopes[] = [];
  let whole = new Slopes(d);
  let at = beta;
  for (let step = 0; step < 12; step++) {
    at = beta;
    folds = ends.map((to, f) => {
      const slopes = new Slopes(d);
      slopes.add(rows, [f === 0 ? 0 : ends[f - 1], to], at, true);
      return slopes;
    });
    whole = folds.reduce((sum, slopes) => sum.plus(slopes, 1));
    const move = newton(whole, factorOf(whole, penalty), at, penalty);
    beta = at.map((b, j) => b - move[j]);
    if (move.every((m) => Math.abs(m) < 1e-3)) break;
  }
  if (ends.length === 1) return { beta, without: [] };
  const without = folds.map((slopes, f) => {
    const rest = whole.plus(slopes, -1);
    const factor = factorOf(rest, penalty);
    const first = newton(rest, factor, at, penalty);
    const near = at.map((b, j) => b - first[j]);
    const there = new Slopes(d);
    there.add(rows, [0, f === 0 ? 0 : ends[f - 1]], near, false);
    there.add(rows, [ends[f], ends[ends.length - 1]], near, false);
    const second = newton(there, factor, near, penalty);
    return near.map((b, j) => b - second[j]);
  });
  return { beta, without };
}

function factorOf({ d, hessian }: Slopes, penalty: number): Float64Array {
  const full = new Float64Array(d * d);
  for (let j = 0; j < d; j++) {
    for (let k = 0; k <= j; k++) full[j * d + k] = full[k * d + j] = hessian[j * d + k];
    full[j * d + j] += j === 0 ? 1e-6 : penalty;
  }
  return cholesky(full, d, FLOAT32_PIVOT);
}

function newton({ gradient }: Slopes, factor: Float64Array, beta: Float64Array, penalty: number): Float64Array {
  const slope = gradient.map((g, j) => g + (j === 0 ? 0 : penalty * beta[j]));
  return choleskySolve(factor, slope);
}
