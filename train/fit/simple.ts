import type { Encoder } from '../../models/encoder.js';
import { logit, logLossOfLogit, sigmoid } from '../../models/numbers.js';
import { solve } from '../linear-system.js';
import { baseRate, type Rows } from '../loop.js';
import type { Linear } from '../newton.js';

/** The simple ways to predict, as linear solutions over the encoded inputs. */
export interface SimpleFits {
  /** The base rate for every answer. */
  rate: Linear;
  /** Platt scaling of one signal: its encoded value, and where it was missing an intercept of its own. */
  signal: Linear;
  /** The numeric column that `signal` reads; −1 where there is none. */
  column: number;
}

/** Rows that columns are compared on. */
const SCREEN_ROWS = 4000;
/** Holds back slope and step: as much as half an answer, so that a signal that parts the classes stays finite. */
const PENALTY = 0.5;
const MOST_STEPS = 20;

/**
 * Fits the simple ways on encoded rows [n, width]. Of the first `columns` numeric inputs the one whose line has the least log-loss on the
 * same rows is taken: all lines have as many parameters. Cost: columns · 4,000 rows · some 5 steps.
 */
export function fitSimple({ x, y, w }: Rows, encoder: Encoder, width: number, columns: number): SimpleFits {
  const intercept = logit(smoothed(baseRate({ y, w }), y.length));
  const rate: Linear = { weights: new Float64Array(width), intercept };
  const stride = Math.max(1, Math.ceil(y.length / SCREEN_ROWS));
  const some = Int32Array.from({ length: Math.ceil(y.length / stride) }, (_, i) => i * stride);
  const every = Int32Array.from(y.keys());
  let best = { column: -1, loss: Number.POSITIVE_INFINITY };
  for (let column = 0; column < columns; column++) {
    const flag = flagOf(x, width, encoder, column, some);
    const { loss } = fitLine({ x, y, w }, width, column, flag, some, intercept);
    if (loss < best.loss) best = { column, loss };
  }
  if (best.column < 0) return { rate, signal: rate, column: -1 };
  const flag = flagOf(x, width, encoder, best.column, every);
  const { slope, step, intercept: level } = fitLine({ x, y, w }, width, best.column, flag, every, intercept);
  const weights = new Float64Array(width);
  weights[best.column] = slope;
  if (flag >= 0) weights[flag] = step;
  return { rate, signal: { weights, intercept: level }, column: best.column };
}

/** A share held half an answer away from 0 and 1. */
function smoothed(share: number, n: number): number {
  return (share * n + 0.5) / (n + 1);
}

/**
 * The input that flags a column as missing: a flag under which its encoded value is always 0, and never elsewhere; −1 where it is always
 * there. Columns that are missing together share one.
 */
function flagOf(x: Float32Array, width: number, encoder: Encoder, column: number, rows: Int32Array): number {
  const d = encoder.centre.length;
  const own = encoder.indicators.indexOf(column);
  if (own >= 0) return d + own;
  for (let k = 0; k < encoder.indicators.length; k++) {
    let flagged = 0;
    const fits = rows.every((i) => {
      const isMissing = x[i * width + d + k] !== 0;
      if (isMissing) flagged++;
      return (x[i * width + column] === 0) === isMissing;
    });
    if (fits && flagged > 0) return d + k;
  }
  return -1;
}

interface FittedLine {
  slope: number;
  step: number;
  intercept: number;
  loss: number;
}

/** Logistic regression on one input and a flag, by Newton's method with halved steps. */
function fitLine(
  { x, y, w }: Rows,
  width: number,
  column: number,
  flag: number,
  rows: Int32Array,
  start: number,
): FittedLine {
  const at = (i: number): [number, number, number] => [x[i * width + column], flag < 0 ? 0 : x[i * width + flag], 1];
  const zOf = (i: number, beta: Float64Array) => {
    const [value, missing] = at(i);
    return beta[0] * value + beta[1] * missing + beta[2];
  };
  const lossOf = (beta: Float64Array) =>
    rows.reduce((sum, i) => sum + w[i] * logLossOfLogit(zOf(i, beta), y[i]), 0) +
    (PENALTY / 2) * (beta[0] ** 2 + beta[1] ** 2);
  let beta = Float64Array.of(0, 0, start);
  let loss = lossOf(beta);
  for (let turn = 0; turn < MOST_STEPS; turn++) {
    const hessian = Float64Array.of(PENALTY, 0, 0, 0, PENALTY, 0, 0, 0, 1e-9);
    const gradient = Float64Array.of(PENALTY * beta[0], PENALTY * beta[1], 0);
    for (const i of rows) {
      const input = at(i);
      const p = sigmoid(zOf(i, beta));
      const residual = w[i] * (p - y[i]);
      const curve = w[i] * p * (1 - p);
      for (let a = 0; a < 3; a++) {
        gradient[a] += residual * input[a];
        for (let b = 0; b < 3; b++) hessian[3 * a + b] += curve * input[a] * input[b];
      }
    }
    const direction = solve(hessian, gradient, 3);
    let moved = loss;
    let next = beta;
    for (let rate = 1; rate > 1e-4; rate /= 2) {
      next = beta.map((value, a) => value - rate * direction[a]);
      moved = lossOf(next);
      if (moved <= loss) break;
    }
    if (!(moved < loss - 1e-9 * Math.abs(loss))) break;
    beta = next;
    loss = moved;
  }
  return { slope: beta[0], step: beta[1], intercept: beta[2], loss };
}
