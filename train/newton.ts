import type { Tf } from '../models/networks/network.js';
import { logit, logLossOfLogit, sigmoid } from '../models/numbers.js';
import { baseRate, type Rows } from './loop.js';

/** Weights of the encoded inputs and the intercept. */
export interface Linear {
  weights: Float64Array;
  intercept: number;
}

const MOST_STEPS = 25;
/** Newton stops when a step promises less than this share of the loss. */
const TOLERANCE = 1e-6;

/**
 * Ridge logistic regression by Newton's method: minimises Σ w·(softplus(z) − y·z) + (penalty/2)·‖weights‖², the intercept
 * free. The Hessian is one product on the backend in float32, gradient and solution are float64, so that the optimum is
 * exact and only the path to it approximate. `start` warm-starts the next penalty. Source: Hastie et al. 2009, eq. 4.26.
 * Cost per step: n·d² on the backend, d³/6 here.
 */
export async function fitRidge(tf: Tf, d: number, { x, y, w }: Rows, penalty: number, start?: Linear): Promise<Linear> {
  const n = y.length;
  const beta = new Float64Array(d + 1); // the last one is the intercept
  if (start !== undefined) {
    beta.set(start.weights);
    beta[d] = start.intercept;
  } else {
    beta[d] = logit(baseRate({ y, w }));
  }
  const z = new Float64Array(n);
  linear(x, d, beta, z);
  let loss = lossOf(z, y, w, beta, d, penalty);
  const xt = tf.tidy(() => tf.transpose(tf.tensor2d(withOnes(x, n, d), [n, d + 1]))); // [d+1, n]
  for (let step = 0; step < MOST_STEPS; step++) {
    const curvature = new Float32Array(n);
    const residual = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      const p = sigmoid(z[i]);
      residual[i] = w[i] * (p - y[i]);
      curvature[i] = Math.max(w[i] * p * (1 - p), 1e-9);
    }
    const gradient = gradientOf(x, d, residual, beta, penalty);
    const hessian = await hessianOf(tf, xt, x, curvature, n, d, penalty);
    const direction = solve(hessian, gradient, d + 1);
    const promised = dot(direction, gradient) / 2;
    let rate = 1;
    let moved = loss;
    const next = new Float64Array(d + 1);
    for (; rate > 1e-4; rate /= 2) {
      for (let j = 0; j <= d; j++) next[j] = beta[j] - rate * direction[j];
      linear(x, d, next, z);
      moved = lossOf(z, y, w, next, d, penalty);
      if (moved <= loss) break;
    }
    if (!(moved <= loss)) break;
    beta.set(next);
    loss = moved;
    if (promised < TOLERANCE * loss) break;
  }
  xt.dispose();
  return { weights: beta.slice(0, d), intercept: beta[d] };
}

/** z_i = x_i·β + intercept, for rows x [n, d]; β holds the intercept last. */
export function linear(x: Float32Array, d: number, beta: Float64Array, z: Float64Array): void {
  for (let i = 0; i < z.length; i++) {
    let sum = beta[d];
    const at = i * d;
    for (let j = 0; j < d; j++) sum += x[at + j] * beta[j];
    z[i] = sum;
  }
}

function withOnes(x: Float32Array, n: number, d: number): Float32Array {
  const wide = new Float32Array(n * (d + 1));
  for (let i = 0; i < n; i++) {
    wide.set(x.subarray(i * d, i * d + d), i * (d + 1));
    wide[i * (d + 1) + d] = 1;
  }
  return wide;
}

async function hessianOf(
  tf: Tf,
  xt: ReturnType<Tf['transpose']>,
  x: Float32Array,
  curvature: Float32Array,
  n: number,
  d: number,
  penalty: number,
): Promise<Float64Array> {
  const scaled = new Float32Array(n * (d + 1));
  for (let i = 0; i < n; i++) {
    const c = curvature[i];
    for (let j = 0; j < d; j++) scaled[i * (d + 1) + j] = c * x[i * d + j];
    scaled[i * (d + 1) + d] = c;
  }
  const product = tf.tidy(() => tf.matMul(xt, tf.tensor2d(scaled, [n, d + 1]))); // [d+1, d+1]
  const hessian = Float64Array.from(await product.data());
  product.dispose();
  for (let j = 0; j < d; j++) hessian[j * (d + 1) + j] += penalty;
  return hessian;
}

function gradientOf(
  x: Float32Array,
  d: number,
  residual: Float64Array,
  beta: Float64Array,
  penalty: number,
): Float64Array {
  const gradient = new Float64Array(d + 1);
  for (let i = 0; i < residual.length; i++) {
    const r = residual[i];
    const at = i * d;
    for (let j = 0; j < d; j++) gradient[j] += r * x[at + j];
    gradient[d] += r;
  }
  for (let j = 0; j < d; j++) gradient[j] += penalty * beta[j];
  return gradient;
}

function lossOf(
  z: Float64Array,
  y: Float64Array,
  w: Float64Array,
  beta: Float64Array,
  d: number,
  penalty: number,
): number {
  let loss = 0;
  for (let i = 0; i < z.length; i++) loss += w[i] * logLossOfLogit(z[i], y[i]);
  for (let j = 0; j < d; j++) loss += (penalty / 2) * beta[j] * beta[j];
  return loss;
}

/** Cholesky solution of A·x = b, A symmetric [size, size]; a pivot that rounding made non-positive is lifted. */
function solve(a: Float64Array, b: Float64Array, size: number): Float64Array {
  const l = a.slice();
  for (let j = 0; j < size; j++) {
    let pivot = l[j * size + j];
    for (let k = 0; k < j; k++) pivot -= l[j * size + k] ** 2;
    const root = Math.sqrt(Math.max(pivot, 1e-8 * Math.max(a[j * size + j], 1e-8)));
    l[j * size + j] = root;
    for (let i = j + 1; i < size; i++) {
      let sum = (l[i * size + j] + l[j * size + i]) / 2;
      for (let k = 0; k < j; k++) sum -= l[i * size + k] * l[j * size + k];
      l[i * size + j] = sum / root;
    }
    for (let i = 0; i < j; i++) l[i * size + j] = 0;
  }
  const x = b.slice();
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) x[i] -= l[i * size + k] * x[k];
    x[i] /= l[i * size + i];
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) x[i] -= l[k * size + i] * x[k];
    x[i] /= l[i * size + i];
  }
  return x;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
