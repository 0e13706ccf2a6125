import { logLossOfLogit, sigmoid } from '../../models/numbers.js';
import { solve } from '../linear-system.js';
import type { Correction, Pull, Transferred } from './correction.js';

const MOST_STEPS = 20;

/**
 * Fits a correction to labels by Newton's method: minimises Σ w·loss + ½(pull.intercept·b² + pull.slope·(a − 1)² +
 * pull.weights·‖v‖²), a ridge towards the trained predictor (transfer by a Gaussian prior at it: Chelba & Acero 2004).
 * Cost a step: n·d² where the weights are free, n otherwise.
 */
export function fitCorrection(rows: Int32Array, data: Transferred, pull: Pull): Correction {
  const { z, x, d, y, w } = data;
  const free = Number.isFinite(pull.weights);
  const size = 2 + (free ? d : 0);
  const penalty = new Float64Array(size).fill(pull.weights);
  penalty[0] = pull.intercept;
  penalty[1] = Number.isFinite(pull.slope) ? pull.slope : 1e12;
  const theta = new Float64Array(size); // intercept, slope − 1, weights
  const row = new Float64Array(size).fill(1);
  const load = (i: number): number => {
    row[1] = z[i];
    let logit = z[i] + theta[0] + theta[1] * z[i];
    for (let j = 0; j < size - 2; j++) {
      row[j + 2] = x[i * d + j];
      logit += theta[j + 2] * row[j + 2];
    }
    return logit;
  };
  const value = (): number => {
    let sum = 0;
    for (const i of rows) sum += w[i] * logLossOfLogit(load(i), y[i]);
    for (let j = 0; j < size; j++) sum += 0.5 * penalty[j] * theta[j] ** 2;
    return sum;
  };
  let loss = value();
  for (let step = 0; step < MOST_STEPS; step++) {
    const gradient = Float64Array.from(theta, (t, j) => penalty[j] * t);
    const hessian = new Float64Array(size * size);
    for (let j = 0; j < size; j++) hessian[j * size + j] = penalty[j] + 1e-9;
    for (const i of rows) {
      const p = sigmoid(load(i));
      const slope = w[i] * (p - y[i]);
      const curvature = w[i] * p * (1 - p);
      for (let j = 0; j < size; j++) {
        gradient[j] += slope * row[j];
        const c = curvature * row[j];
        if (c !== 0) for (let k = 0; k <= j; k++) hessian[j * size + k] += c * row[k];
      }
    }
    for (let j = 0; j < size; j++) for (let k = 0; k < j; k++) hessian[k * size + j] = hessian[j * size + k];
    const direction = solve(hessian, gradient, size);
    const before = theta.slice();
    let rate = 1;
    let moved = Number.POSITIVE_INFINITY;
    for (; rate > 1e-4 && !(moved <= loss); rate /= 2) {
      for (let j = 0; j < size; j++) theta[j] = before[j] - rate * direction[j];
      moved = value();
    }
    if (!(moved <= loss)) {
      theta.set(before);
      break;
    }
    const gain = loss - moved;
    loss = moved;
    if (gain < 1e-7 * Math.abs(loss)) break;
  }
  return { intercept: theta[0], slope: 1 + theta[1], weights: free ? theta.slice(2) : new Float64Array(d) };
}
