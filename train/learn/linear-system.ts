/**
 * Lower Cholesky factor of a symmetric matrix [size, size]. A pivot that rounding made non-positive is raised. Cost:
 * size³/3.
 */
export function cholesky(a: Float64Array, size: number): Float64Array {
  const l = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    let pivot = a[j * size + j];
    for (let k = 0; k < j; k++) pivot -= l[j * size + k] ** 2;
    const root = Math.sqrt(Math.max(pivot, 1e-8 * Math.max(a[j * size + j], 1e-8)));
    l[j * size + j] = root;
    for (let i = j + 1; i < size; i++) {
      let sum = (a[i * size + j] + a[j * size + i]) / 2;
      for (let k = 0; k < j; k++) sum -= l[i * size + k] * l[j * size + k];
      l[i * size + j] = sum / root;
    }
  }
  return l;
}

/** Solution of L·x = b. */
export function solveLower(l: Float64Array, b: Float64Array, size: number): Float64Array {
  const x = b.slice();
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) x[i] -= l[i * size + k] * x[k];
    x[i] /= l[i * size + i];
  }
  return x;
}

/** Solution of Lᵀ·x = b. */
export function solveUpper(l: Float64Array, b: Float64Array, size: number): Float64Array {
  const x = b.slice();
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) x[i] -= l[k * size + i] * x[k];
    x[i] /= l[i * size + i];
  }
  return x;
}

/** Solution of A·x = b for a symmetric positive definite A [size, size]. */
export function solve(a: Float64Array, b: Float64Array, size: number): Float64Array {
  const l = cholesky(a, size);
  return solveUpper(l, solveLower(l, b, size), size);
}
