import { cholesky, choleskySolve, FLOAT32_PIVOT } from '../../../models/cholesky.js';
import type { Tf } from '../../../models/networks/types.js';
import { logit, logLossOfLogit, sigmoid } from '../../../models/numbers.js';
import { dot } from '../../../support/dot.js';
import { baseRate, type EncodedRows } from '../encoded-rows.js';

/** Weights of the encoded inputs and the intercept. */
export interface Linear {
  weights: Float64Array;
  intercept: number;
}

const MOST_STEPS = 25;
/** Newton stops when a step promises less than this share of the loss. */
const TOLERANCE = 1e-6;
/**
 * Most rows the curvature is taken from: past it one of every so many, each counted as often. Which one changes from
 * block to block: in a log that repeats a pattern (model after model), every so-many-th row would be of one kind, and
 * the curvature of what only other kinds have would be missing.
 */
const CURVATURE_ROWS = 12_000;

/**
 * Ridge logistic regression by Newton's method: minimises Σ w·(softplus(z) − y·z) + Σ_j (penalty_j/2)·weight_j², the
 * intercept free; one penalty for all weights, or one each. Gradient and loss are exact, float64, over all rows; the
 * Hessian is one product on the backend in float32, of at most 12,000 rows, so that the optimum is exact and only the
 * path to it approximate. `start` warm-starts the next penalty. Source: Hastie et al. 2009, eq. 4.26; subsampled
 * Hessian: Byrd et al. 2011, sec. 2. Cost per step: 2·n·d here, 12,000·d² on the backend, d³/6 here. Memory: two copies
 * of the Hessian's rows.
 */
export async function fitRidge(
  tf: Tf,
  d: number,
  { x, y, w }: EncodedRows,
  penalty: number | Float64Array,
  start?: Linear,
): Promise<Linear> {
  const n = y.length;
  const penalties = typeof penalty === 'number' ? new Float64Array(d).fill(penalty) : penalty;
  const beta = new Float64Array(d + 1); // the last one is the intercept
  if (start !== undefined) {
    beta.set(start.weights);
    beta[d] = start.intercept;
  } else {
    beta[d] = logit(baseRate({ y, w }));
  }
  const z = new Float64Array(n);
  linear(x, d, beta, z);
  let loss = lossOf(z, y, w, beta, penalties);
  const curvature = curvatureOf(tf, x, n, d);
  for (let step = 0; step < MOST_STEPS; step++) {
    const gradient = gradientOf({ x, d, y, w, penalties }, z, beta);
    const factor = cholesky(await curvature.hessian(w, z, penalties), d + 1, FLOAT32_PIVOT);
    const direction = choleskySolve(factor, gradient);
    const promised = dot(direction, gradient) / 2;
    let rate = 1;
    let moved = loss;
    const next = new Float64Array(d + 1);
    for (; rate > 1e-4; rate /= 2) {
      for (let j = 0; j <= d; j++) next[j] = beta[j] - rate * direction[j];
      linear(x, d, next, z);
      moved = lossOf(z, y, w, next, penalties);
      if (moved <= loss) break;
    }
    if (!(moved <= loss)) break;
    beta.set(next);
    loss = moved;
    if (promised < TOLERANCE * loss) break;
  }
  curvature.dispose();
  return { weights: beta.slice(0, d), intercept: beta[d] };
}

/** Weights and then the intercept, as `linear` takes them. */
export function betaOf({ weights, intercept }: Linear): Float64Array {
  const beta = new Float64Array(weights.length + 1);
  beta.set(weights);
  beta[weights.length] = intercept;
  return beta;
}

/**
 * z_i = x_i·β + intercept, for rows x [n, d]; β holds the intercept last. Four rows at a time, because each sum alone
 * would wait for its last addition.
 */
export function linear(x: Float32Array, d: number, beta: Float64Array, z: Float64Array): void {
  let i = 0;
  for (; i + 3 < z.length; i += 4) {
    let sum0 = beta[d];
    let sum1 = sum0;
    let sum2 = sum0;
    let sum3 = sum0;
    const at0 = i * d;
    const at1 = at0 + d;
    const at2 = at1 + d;
    const at3 = at2 + d;
    for (let j = 0; j < d; j++) {
      const factor = beta[j];
      sum0 += x[at0 + j] * factor;
      sum1 += x[at1 + j] * factor;
      sum2 += x[at2 + j] * factor;
      sum3 += x[at3 + j] * factor;
    }
    z[i] = sum0;
    z[i + 1] = sum1;
    z[i + 2] = sum2;
    z[i + 3] = sum3;
  }
  for (; i < z.length; i++) {
    let sum = beta[d];
    const at = i * d;
    for (let j = 0; j < d; j++) sum += x[at + j] * beta[j];
    z[i] = sum;
  }
}

/**
 * Rows of the Hessian, held transposed on the backend; `hessian` is Σ w·p(1 − p)·xxᵀ, scaled to all rows, plus the
 * penalties.
 */
function curvatureOf(tf: Tf, x: Float32Array, n: number, d: number) {
  const stride = Math.ceil(n / CURVATURE_ROWS);
  const m = Math.ceil(n / stride);
  const place = (i: number) => Math.min(n - 1, i * stride + ((Math.imul(i, 0x9e3779b1) >>> 12) % stride));
  const rows = new Float32Array(m * (d + 1)); // with a one for the intercept
  for (let i = 0; i < m; i++) {
    rows.set(x.subarray(place(i) * d, place(i) * d + d), i * (d + 1));
    rows[i * (d + 1) + d] = 1;
  }
  const transposed = tf.tidy(() => tf.transpose(tf.tensor2d(rows, [m, d + 1]))); // [d+1, m]
  const scaled = new Float32Array(rows.length);
  const hessian = async (w: Float64Array, z: Float64Array, penalties: Float64Array): Promise<Float64Array> => {
    for (let i = 0; i < m; i++) {
      const p = sigmoid(z[place(i)]);
      const c = (Math.max(w[place(i)] * p * (1 - p), 1e-9) * n) / m;
      for (let k = i * (d + 1); k < (i + 1) * (d + 1); k++) scaled[k] = c * rows[k];
    }
    const product = tf.tidy(() => tf.matMul(transposed, tf.tensor2d(scaled, [m, d + 1]))); // [d+1, d+1]
    const all = Float64Array.from(await product.data());
    product.dispose();
    for (let j = 0; j < d; j++) all[j * (d + 1) + j] += penalties[j];
    return all;
  };
  return { hessian, dispose: () => transposed.dispose() };
}

/** Encoded rows [n, d] and the penalty of each weight. */
interface RidgeProblem extends EncodedRows {
  d: number;
  penalties: Float64Array;
}

function gradientOf({ x, d, y, w, penalties }: RidgeProblem, z: Float64Array, beta: Float64Array): Float64Array {
  const gradient = new Float64Array(d + 1);
  const residual = z.map((value, i) => w[i] * (sigmoid(value) - y[i]));
  for (const value of residual) gradient[d] += value;
  let i = 0;
  for (; i + 3 < z.length; i += 4) {
    const at0 = i * d;
    const at1 = at0 + d;
    const at2 = at1 + d;
    const at3 = at2 + d;
    const r0 = residual[i];
    const r1 = residual[i + 1];
    const r2 = residual[i + 2];
    const r3 = residual[i + 3];
    for (let j = 0; j < d; j++) {
      gradient[j] = gradient[j] + r0 * x[at0 + j] + r1 * x[at1 + j] + r2 * x[at2 + j] + r3 * x[at3 + j];
    }
  }
  for (; i < z.length; i++) {
    for (let j = 0; j < d; j++) gradient[j] += residual[i] * x[i * d + j];
  }
  for (let j = 0; j < d; j++) gradient[j] += penalties[j] * beta[j];
  return gradient;
}

function lossOf(
  z: Float64Array,
  y: Float64Array,
  w: Float64Array,
  beta: Float64Array,
  penalties: Float64Array,
): number {
  let loss = 0;
  for (let i = 0; i < z.length; i++) loss += w[i] * logLossOfLogit(z[i], y[i]);
  for (let j = 0; j < penalties.length; j++) loss += (penalties[j] / 2) * beta[j] * beta[j];
  return loss;
}
