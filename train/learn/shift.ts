import { cholesky, FLOAT32_PIVOT, solveUpper } from '../../models/cholesky.js';
import { type Shift, shiftsOf } from '../../models/shift.js';
import type { Random } from '../../support/random.js';
import { addLower, ROWS_AT_ONCE } from './lower-products.js';

const DIRECTIONS = 48;
/** Rows for the covariance: enough for a few hundred signals. */
const MOST_ROWS = 8000;
/**
 * Ridge on the covariance, as a share of the mean variance, so that directions with little variance count, but not
 * without bound.
 */
const RIDGE = 0.01;

/**
 * Fits shift on encoded rows x [n, width], of which the first d are numeric inputs. With S = cov(x) + ridge = L·Lᵀ,
 * whitened rows are L⁻¹(x − μ); W = L⁻ᵀ·R for R [d, K] of random normals. The threshold is left at 1. Cost: rows·d² +
 * d³/3.
 */
export function fitShift(x: Float32Array, width: number, d: number, random: Random): Shift {
  const n = x.length / width;
  const step = Math.max(1, Math.ceil(n / MOST_ROWS));
  const { mean, covariance } = momentsOf(x, width, d, step);
  let trace = 0;
  for (let j = 0; j < d; j++) trace += covariance[j * d + j];
  const ridge = Math.max((RIDGE * trace) / d, 1e-9);
  for (let j = 0; j < d; j++) covariance[j * d + j] += ridge;
  const l = cholesky(covariance, d, FLOAT32_PIVOT);
  const weights = new Float32Array(d * DIRECTIONS);
  const offset = new Float32Array(DIRECTIONS);
  for (let k = 0; k < DIRECTIONS; k++) {
    const direction = Float64Array.from({ length: d }, () => random.normal() / Math.sqrt(d));
    const column = solveUpper(l, direction);
    for (let j = 0; j < d; j++) {
      weights[j * DIRECTIONS + k] = column[j];
      offset[k] -= column[j] * mean[j];
    }
  }
  return { directions: DIRECTIONS, weights, offset, threshold: 1 };
}

/**
 * Shift of the rows on which it was fitted, each as if it had been left out of the fit. With q = rᵀC⁻¹r for r = x − μ
 * and C = Σ r·rᵀ, the squared distance without the row is (n/(n−1))²·(n−1)·q / (1 − n·q/(n−1)) (Sherman–Morrison). ∞ if
 * only this row varies in its direction.
 */
export function leftOutShifts(shift: Shift, x: Float32Array, width: number): Float64Array {
  const d = shift.weights.length / shift.directions;
  const n = x.length / width;
  const count = Math.ceil(n / Math.max(1, Math.ceil(n / MOST_ROWS)));
  if (count < 2) return new Float64Array(n).fill(Number.POSITIVE_INFINITY);
  return shiftsOf(shift, x, width).map((value) => {
    const q = ((value * shift.threshold) ** 2 * d) / count;
    const left = 1 - (count * q) / (count - 1);
    if (left <= 0) return Number.POSITIVE_INFINITY;
    return Math.sqrt(((count / (count - 1)) ** 2 * (count - 1) * q) / left / d) / shift.threshold;
  });
}

function momentsOf(x: Float32Array, width: number, d: number, step: number) {
  const n = x.length / width;
  const mean = new Float64Array(d);
  const covariance = new Float64Array(d * d);
  let count = 0;
  for (let i = 0; i < n; i += step) {
    count++;
    for (let j = 0; j < d; j++) mean[j] += x[i * width + j];
  }
  for (let j = 0; j < d; j++) mean[j] /= count;
  const block = Array.from({ length: ROWS_AT_ONCE }, () => new Float64Array(d));
  for (let first = 0; first < n; first += ROWS_AT_ONCE * step) {
    const rows = block.slice(0, Math.ceil((n - first) / step));
    rows.forEach((row, r) => {
      const at = (first + r * step) * width;
      for (let j = 0; j < d; j++) row[j] = x[at + j] - mean[j];
    });
    addLower(
      covariance,
      d,
      rows.map((row) => ({ left: row, right: row })),
    );
  }
  for (let j = 0; j < d; j++) {
    for (let k = 0; k <= j; k++) covariance[k * d + j] = covariance[j * d + k] /= count;
  }
  return { mean, covariance };
}
