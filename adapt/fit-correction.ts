import { cholesky, choleskySolve, FLOAT32_PIVOT } from '../models/cholesky.js';
import { logLossOfLogit, sigmoid } from '../models/numbers.js';
import type { Correction, Pull, Transferred } from './correction.js';

/** A correction with the Cholesky factor of its curvature, which later fits near it can use. */
interface FittedCorrection extends Correction {
  factor: Float64Array;
}

const MOST_STEPS = 30;
/** The fit ends when a step lowers the loss by less than this share of it. */
const TOLERANCE = 1e-6;

/**
 * Fits a correction to labels by Newton's method: minimises Σ w·loss + ½(pull.intercept·b² + pull.slope·(a −
 * pull.centre)² + pull.weights·‖v‖²). This is a ridge towards the trained predictor (a Gaussian prior at it: Chelba &
 * Acero 2004) or, with centre 0, towards zero. Parts with an infinite pull are fixed. `near` is a fit at the same pull
 * to most of the same rows: the fit starts there and keeps the curvature of `near`, or, if `near` has none, the
 * curvature at the start. It reaches the same optimum in more, but far cheaper steps. Cost per step: n·d² if the
 * weights are free, n·d with a kept curvature.
 */
export function fitCorrection(
  rows: Int32Array,
  data: Transferred,
  pull: Pull,
  near?: Correction & { factor?: Float64Array },
): FittedCorrection {
  const { z, x, d, y, w } = data;
  const { centre } = pull;
  // free parts in order: intercept, slope − centre, weights
  const hasIntercept = Number.isFinite(pull.intercept);
  const hasSlope = Number.isFinite(pull.slope);
  const first = (hasIntercept ? 1 : 0) + (hasSlope ? 1 : 0);
  const size = first + (Number.isFinite(pull.weights) ? d : 0);
  const penalty = new Float64Array(size).fill(pull.weights);
  const theta = new Float64Array(size);
  if (hasIntercept) penalty[0] = pull.intercept;
  if (hasSlope) penalty[first - 1] = pull.slope;
  const terms = new Float64Array(rows.length * size);
  rows.forEach((row, i) => {
    if (hasIntercept) terms[i * size] = 1;
    if (hasSlope) terms[i * size + first - 1] = z[row];
    for (let j = first; j < size; j++) terms[i * size + j] = x[row * d + j - first];
  });
  if (near !== undefined) {
    if (hasIntercept) theta[0] = near.intercept;
    if (hasSlope) theta[first - 1] = near.slope - centre;
    if (size > first) theta.set(near.weights, first);
  }
  const logits = new Float64Array(rows.length);
  const value = (): number => {
    let sum = 0;
    for (let i = 0; i < rows.length; i++) {
      let logit = centre * z[rows[i]];
      for (let j = 0, at = i * size; j < size; j++) logit += theta[j] * terms[at + j];
      logits[i] = logit;
      sum += w[rows[i]] * logLossOfLogit(logit, y[rows[i]]);
    }
    for (let j = 0; j < size; j++) sum += 0.5 * penalty[j] * theta[j] ** 2;
    return sum;
  };
  const derivatives = (second: boolean) => {
    const gradient = Float64Array.from(theta, (t, j) => penalty[j] * t);
    const curvature = new Float64Array(second ? size * size : 0);
    if (second) for (let j = 0; j < size; j++) curvature[j * size + j] = penalty[j];
    for (let i = 0; i < rows.length; i++) {
      const p = sigmoid(logits[i]);
      const slope = w[rows[i]] * (p - y[rows[i]]);
      const at = i * size;
      for (let j = 0; j < size; j++) gradient[j] += slope * terms[at + j];
      if (!second) continue;
      for (let j = 0; j < size; j++) {
        const c = w[rows[i]] * p * (1 - p) * terms[at + j];
        if (c !== 0) for (let k = 0, to = j * size; k <= j; k++) curvature[to + k] += c * terms[at + k];
      }
    }
    if (second)
      for (let j = 0; j < size; j++) for (let k = 0; k < j; k++) curvature[k * size + j] = curvature[j * size + k];
    return { gradient, curvature };
  };
  let factor = near?.factor ?? new Float64Array(0);
  let loss = value();
  for (let step = 0; step < MOST_STEPS && size > 0; step++) {
    const isNew = near === undefined || factor.length === 0;
    const { gradient, curvature } = derivatives(isNew);
    if (isNew) factor = cholesky(curvature, size, FLOAT32_PIVOT);
    const direction = choleskySolve(factor, gradient);
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
    if (gain < TOLERANCE * Math.abs(loss)) break;
  }
  return {
    intercept: hasIntercept ? theta[0] : 0,
    slope: centre + (hasSlope ? theta[first - 1] : 0),
    weights: size > first ? theta.slice(first) : new Float64Array(d),
    factor,
  };
}
