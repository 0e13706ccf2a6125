import { cholesky, choleskySolve } from '../../cholesky.js';

/** Inverse of a symmetric positive definite matrix, row-major [d, d]. */
export function inverse(a: Float64Array, d: number): Float64Array {
  const factor = cholesky(a, d);
  const result = new Float64Array(d * d);
  for (let k = 0; k < d; k++) {
    const column = choleskySolve(
      factor,
      Float64Array.from({ length: d }, (_, j) => (j === k ? 1 : 0)),
    );
    for (let j = 0; j < d; j++) result[j * d + k] = column[j];
  }
  return result;
}

/** A·B, both row-major [d, d]. */
export function product(a: Float64Array, b: Float64Array, d: number): Float64Array {
  const result = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    for (let k = 0; k < d; k++) for (let j = 0; j < d; j++) result[i * d + j] += a[i * d + k] * b[k * d + j];
  }
  return result;
}

/** A·v, A row-major [d, d]. */
export function times(a: Float64Array, v: Float64Array): Float64Array {
  const d = v.length;
  return v.map((_, i) => {
    let sum = 0;
    for (let j = 0; j < d; j++) sum += a[i * d + j] * v[j];
    return sum;
  });
}

/** vᵀ·A·v. */
export function form(a: Float64Array, v: Float64Array): number {
  return times(a, v).reduce((sum, x, i) => sum + x * v[i], 0);
}

export function transposed(a: Float64Array, d: number): Float64Array {
  return a.map((_, i) => a[(i % d) * d + Math.floor(i / d)]);
}

/** A plus these numbers on its diagonal. */
export function plusDiagonal(a: Float64Array, diagonal: Float64Array): Float64Array {
  const d = diagonal.length;
  return a.map((x, i) => (i % (d + 1) === 0 ? x + diagonal[i / (d + 1)] : x));
}

export function sumOf(matrices: readonly Float64Array[]): Float64Array {
  return matrices[0].map((_, i) => matrices.reduce((sum, a) => sum + a[i], 0));
}
