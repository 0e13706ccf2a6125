import { cholesky, choleskySolve, FLOAT32_PIVOT } from '../../../models/cholesky.js';
import type { Encoder } from '../../../models/encoder.js';
import { logit, logLossOfLogit, sigmoid } from '../../../models/numbers.js';
import { baseRate, type EncodedRows } from '../encoded-rows.js';
import type { Linear } from './newton.js';

/** The simple ways to predict, as linear solutions over the encoded inputs. */
export interface SimpleFits {
  /** The base rate for every answer. */
  rate: Linear;
  /** Platt scaling of one signal: its encoded value, and where it was missing an intercept of its own. */
  signal: Linear;
  /** The numeric column that `signal` reads; −1 where there is none. */
  column: number;
}

/** Rows that all columns are compared on; columns that go on to the cross-validated round, and its rows. */
const SCREEN_ROWS = 1000;
const CROSS_ROWS = 4000;
const FINALISTS = 8;
const FOLDS = 5;
/** Holds back slope and step a little, so that a signal that parts the classes stays finite. */
const PENALTY = 0.1;
const MOST_STEPS = 20;

/** Fold of a question in choosing the signal. */
export function simpleFold(group: number): number {
  return (Math.imul(group + 1, 0x9e3779b1) >>> 16) % FOLDS;
}

/**
 * Fits the simple ways on encoded rows [n, width]. The signal is one of the first `columns` numeric inputs: those whose
 * lines have the least log-loss on the same rows go on, and the least cross-validated one is taken; `fold` is that of
 * each row, by question. Cost: columns · 1,000 rows · some 5 steps.
 */
export function fitSimple(
  fitRows: EncodedRows,
  fold: Int32Array,
  encoder: Encoder,
  width: number,
  columns: number,
): SimpleFits {
  const { x, y } = fitRows;
  const start = logit(smoothed(baseRate(fitRows), y.length));
  const rate: Linear = { weights: new Float64Array(width), intercept: start };
  const some = evenlySpaced(y.length, SCREEN_ROWS);
  const more = evenlySpaced(y.length, CROSS_ROWS);
  const lines = Array.from({ length: columns }, (_, column) => {
    const inputs = { ...fitRows, width, column, flag: flagOf(x, width, encoder, column, some) };
    const rows = inputRows(inputs, some);
    return { inputs, loss: lossOf(rows, fitLine(rows, start)) };
  });
  const finalists = lines.sort((a, b) => a.loss - b.loss).slice(0, FINALISTS);
  if (finalists.length === 0) return { rate, signal: rate, column: -1 };
  const { inputs } = finalists
    .map(({ inputs }) => ({ inputs, loss: crossLoss(inputs, more, fold, start) }))
    .reduce((a, b) => (b.loss < a.loss ? b : a));
  const [slope, step, intercept] = fitLine(inputRows(inputs, Int32Array.from(y.keys())), start);
  const weights = new Float64Array(width);
  weights[inputs.column] = slope;
  if (inputs.flag >= 0) weights[inputs.flag] = step;
  return { rate, signal: { weights, intercept }, column: inputs.column };
}

/** At most so many places of 0…n−1, evenly spread. */
function evenlySpaced(n: number, most: number): Int32Array {
  const stride = Math.max(1, Math.ceil(n / most));
  return Int32Array.from({ length: Math.ceil(n / stride) }, (_, i) => i * stride);
}

/** One input of the encoded rows, and the input that flags it as missing; −1 where none does. */
interface OneInput extends EncodedRows {
  width: number;
  column: number;
  flag: number;
}

function crossLoss(inputs: OneInput, rows: Int32Array, fold: Int32Array, start: number): number {
  let loss = 0;
  for (let k = 0; k < FOLDS; k++) {
    const heldOut = rows.filter((i) => fold[i] === k);
    if (heldOut.length === 0) continue;
    const others = rows.filter((i) => fold[i] !== k);
    loss += lossOf(inputRows(inputs, heldOut), fitLine(inputRows(inputs, others), start));
  }
  return loss;
}

/** A share held half an answer away from 0 and 1. */
function smoothed(share: number, n: number): number {
  return (share * n + 0.5) / (n + 1);
}

/**
 * The input that flags a column as missing: a flag under which its encoded value is always 0, and never elsewhere; −1
 * where it is always there. Columns that are missing together share one.
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

/** One input at some rows, copied so that a fit reads memory in order; `flag` is 0 where the input is recorded. */
interface InputRows {
  value: Float64Array;
  flag: Float64Array;
  y: Float64Array;
  w: Float64Array;
}

function inputRows({ x, y, w, width, column, flag }: OneInput, rows: Int32Array): InputRows {
  const n = rows.length;
  const all: InputRows = {
    value: new Float64Array(n),
    flag: new Float64Array(n),
    y: new Float64Array(n),
    w: new Float64Array(n),
  };
  for (let i = 0; i < n; i++) {
    const row = rows[i];
    all.value[i] = x[row * width + column];
    if (flag >= 0) all.flag[i] = x[row * width + flag];
    all.y[i] = y[row];
    all.w[i] = w[row];
  }
  return all;
}

/** Slope, step where missing, intercept: logistic regression by Newton's method with halved steps. */
function fitLine(rows: InputRows, start: number): Float64Array {
  const { value, flag, y, w } = rows;
  const objective = (line: Float64Array) => lossOf(rows, line) + (PENALTY / 2) * (line[0] ** 2 + line[1] ** 2);
  let line = Float64Array.of(0, 0, start);
  let least = objective(line);
  for (let turn = 0; turn < MOST_STEPS; turn++) {
    const [slope, step, intercept] = line;
    let gradient0 = PENALTY * slope;
    let gradient1 = PENALTY * step;
    let gradient2 = 0;
    let h00 = PENALTY;
    let h01 = 0;
    let h10 = 0;
    let h02 = 0;
    let h11 = PENALTY;
    let h12 = 0;
    let h22 = 1e-9;
    for (let i = 0; i < y.length; i++) {
      const p = sigmoid(slope * value[i] + step * flag[i] + intercept);
      const residual = w[i] * (p - y[i]);
      const curve = w[i] * p * (1 - p);
      const byValue = curve * value[i];
      const byFlag = curve * flag[i];
      gradient0 += residual * value[i];
      gradient1 += residual * flag[i];
      gradient2 += residual;
      h00 += byValue * value[i];
      h01 += byValue * flag[i];
      h10 += byFlag * value[i];
      h02 += byValue;
      h11 += byFlag * flag[i];
      h12 += byFlag;
      h22 += curve;
    }
    const hessian = Float64Array.of(h00, h01, h02, h10, h11, h12, h02, h12, h22);
    const gradient = Float64Array.of(gradient0, gradient1, gradient2);
    const direction = choleskySolve(cholesky(hessian, 3, FLOAT32_PIVOT), gradient);
    let reached = Number.POSITIVE_INFINITY;
    let next = line;
    for (let rate = 1; rate > 1e-4 && !(reached <= least); rate /= 2) {
      next = line.map((coefficient, a) => coefficient - rate * direction[a]);
      reached = objective(next);
    }
    if (!(reached < least - 1e-9 * Math.abs(least))) break;
    line = next;
    least = reached;
  }
  return line;
}

function lossOf({ value, flag, y, w }: InputRows, [slope, step, intercept]: Float64Array): number {
  let loss = 0;
  for (let i = 0; i < y.length; i++) {
    loss += w[i] * logLossOfLogit(slope * value[i] + step * flag[i] + intercept, y[i]);
  }
  return loss;
}
