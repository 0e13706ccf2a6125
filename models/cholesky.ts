/** Least pivot of a matrix whose entries were added in float32, as a share of its diagonal. */
export const FLOAT32_PIVOT = 1e-8;

/**
 * Cholesky factor L of a symmetric positive definite A = L·Lᵀ, both row-major [size, size]. Where rounding made the two
 * halves of A differ, their mean is used; a pivot below the share `least` of its diagonal is lifted to that. Cost:
 * size³/3.
 */
export function cholesky(a: Float64Array, size: number, least = Number.EPSILON): Float64Array {
  const l = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    const diagonal = a[j * size + j];
    let pivot = diagonal;
    for (let k = 0; k < j; k++) pivot -= l[j * size + k] ** 2;
    const root = Math.sqrt(Math.max(pivot, least * Math.max(diagonal, 1e-8)));
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
function solveLower(l: Float64Array, b: Float64Array): Float64Array {
  const size = b.length;
  const x = b.slice();
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) x[i] -= l[i * size + k] * x[k];
    x[i] /= l[i * size + i];
  }
  return x;
}

/** Solution of Lᵀ·x = b. */
export function solveUpper(l: Float64Array, b: Float64Array): Float64Array {
  const size = b.length;
  const x = b.slice();
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) x[i] -= l[k * size + i] * x[k];
    x[i] /= l[i * size + i];
  }
  return x;
}

/** Solution of L·Lᵀ·x = b. */
export function choleskySolve(l: Float64Array, b: Float64Array): Float64Array {
  return solveUpper(l, solveLower(l, b));
}

/** ln det A, of A's factor. */
export function logDeterminant(l: Float64Array, size: number): number {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += 2 * Math.log(l[i * size + i]);
  return sum;
}
