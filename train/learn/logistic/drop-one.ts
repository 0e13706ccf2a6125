import { cholesky, choleskySolve, FLOAT32_PIVOT } from '../../../models/cholesky.js';
import { logLossOfLogit, sigmoid } from '../../../models/numbers.js';
import type { EncodedRows } from '../encoded-rows.js';
import { addLower, ROWS_AT_ONCE } from '../lower-products.js';
import { betaOf, linear } from './newton.js';
import type { RidgeSolution } from './ridge-solution.js';

/** Rows the curvature is taken on. */
const MOST_ROWS = 12_000;

/**
 * Drop-one: by how much the weighted log-loss of `heldOut` rises when a set of inputs is taken from a ridge logistic
 * regression and the others make up for it. β' = β − H⁻¹_S (H⁻¹_SS)⁻¹ β_S is the optimum without them to second order
 * (Lawless & Singhal 1978), so nothing is fitted again. Nats per answer, one for each set. Cost: d³ + sets · held · d.
 */
export function dropOne(
  d: number,
  fit: EncodedRows,
  heldOut: EncodedRows,
  { weights, intercept, penalties }: RidgeSolution,
  sets: readonly (readonly number[])[],
): Float64Array {
  const size = d + 1;
  const beta = betaOf({ weights, intercept });
  const inverse = inverseCurvature(d, fit, beta, penalties);
  const before = lossOf(heldOut, d, beta);
  return Float64Array.from(sets, (set) => {
    const block = new Float64Array(set.length ** 2);
    for (const [i, a] of set.entries())
      for (const [j, b] of set.entries()) block[i * set.length + j] = inverse[a * size + b];
    const pull = choleskySolve(
      cholesky(block, set.length, FLOAT32_PIVOT),
      Float64Array.from(set, (a) => beta[a]),
    );
    const without = beta.map((value, j) => value - set.reduce((sum, a, i) => sum + inverse[j * size + a] * pull[i], 0));
    return lossOf(heldOut, d, without) - before;
  });
}

function inverseCurvature(
  d: number,
  { x, y, w }: EncodedRows,
  beta: Float64Array,
  penalties: Float64Array,
): Float64Array {
  const size = d + 1;
  const step = Math.max(1, Math.ceil(y.length / MOST_ROWS));
  const z = new Float64Array(y.length);
  linear(x, d, beta, z);
  const h = new Float64Array(size * size);
  const block = Array.from({ length: ROWS_AT_ONCE }, () => ({
    left: new Float64Array(size),
    right: new Float64Array(size).fill(1), // the last input is the intercept's
  }));
  for (let first = 0; first < y.length; first += ROWS_AT_ONCE * step) {
    const rows = block.slice(0, Math.ceil((y.length - first) / step));
    rows.forEach(({ left, right }, r) => {
      const i = first + r * step;
      const p = sigmoid(z[i]);
      const curvature = step * w[i] * p * (1 - p);
      right.set(x.subarray(i * d, (i + 1) * d));
      for (let j = 0; j < size; j++) left[j] = curvature * right[j];
    });
    addLower(h, size, rows);
  }
  for (let j = 0; j < size; j++) {
    h[j * size + j] += j < d ? penalties[j] : 0;
    for (let k = 0; k < j; k++) h[k * size + j] = h[j * size + k];
  }
  const inverse = new Float64Array(size * size);
  const unit = new Float64Array(size);
  const l = cholesky(h, size, FLOAT32_PIVOT);
  for (let j = 0; j < size; j++) {
    unit.fill(0);
    unit[j] = 1;
    inverse.set(choleskySolve(l, unit), j * size);
  }
  return inverse;
}

function lossOf({ x, y, w }: EncodedRows, d: number, beta: Float64Array): number {
  const z = new Float64Array(y.length);
  linear(x, d, beta, z);
  let loss = 0;
  let weight = 0;
  for (let i = 0; i < z.length; i++) {
    loss += w[i] * logLossOfLogit(z[i], y[i]);
    weight += w[i];
  }
  return loss / Math.max(weight, 1e-12);
}
