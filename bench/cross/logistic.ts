/** Rows of numbers [n, d], the first of each row 1. */
export interface Table {
  x: Float64Array;
  d: number;
}

export function logitOf({ x, d }: Table, row: number, beta: Float64Array): number {
  let z = 0;
  for (let j = 0; j < d; j++) z += beta[j] * x[row * d + j];
  return z;
}

/** Ridge logistic regression of the labels at `at` by Newton steps; `penalty` on all weights but the first. */
export function fitLogistic(
  table: Table,
  at: ArrayLike<number>,
  label: ArrayLike<number>,
  penalty: number,
  start?: Float64Array,
): Float64Array {
  const { x, d } = table;
  const beta = start === undefined ? new Float64Array(d) : Float64Array.from(start);
  for (let step = 0; step < 12; step++) {
    const gradient = beta.map((b, j) => (j === 0 ? 0 : penalty * b));
    const hessian = new Float64Array(d * d);
    for (let j = 0; j < d; j++) hessian[j * d + j] = j === 0 ? 1e-6 : penalty;
    for (let i = 0; i < at.length; i++) {
      const base = at[i] * d;
      const p = 1 / (1 + Math.exp(-logitOf(table, at[i], beta)));
      const v = p * (1 - p);
      for (let j = 0; j < d; j++) {
        gradient[j] += (p - label[i]) * x[base + j];
        const vx = v * x[base + j];
        for (let k = 0; k <= j; k++) hessian[j * d + k] += vx * x[base + k];
      }
    }
    const move = solve(hessian, gradient, d);
    let most = 0;
    for (let j = 0; j < d; j++) {
      beta[j] -= move[j];
      most = Math.max(most, Math.abs(move[j]));
    }
    if (most < 1e-3) break;
  }
  return beta;
}

/** Solves A v = b by Cholesky; A symmetric positive definite, its lower half given. */
function solve(a: Float64Array, b: Float64Array, d: number): Float64Array {
  const v = Float64Array.from(b);
  for (let j = 0; j < d; j++) {
    for (let k = 0; k < j; k++) {
      const l = a[j * d + k];
      for (let i = j; i < d; i++) a[i * d + j] -= a[i * d + k] * l;
    }
    const root = Math.sqrt(a[j * d + j]);
    for (let i = j; i < d; i++) a[i * d + j] /= root;
  }
  for (let j = 0; j < d; j++) {
    for (let k = 0; k < j; k++) v[j] -= a[j * d + k] * v[k];
    v[j] /= a[j * d + j];
  }
  for (let j = d - 1; j >= 0; j--) {
    for (let k = j + 1; k < d; k++) v[j] -= a[k * d + j] * v[k];
    v[j] /= a[j * d + j];
  }
  return v;
}
