/** Least pivot of a matrix whose entries were added in float32, as a share of its diagonal. */
export const FLOAT32_PIVOT = 1e-8;

/**
 * Cholesky factor L of a symmetric positive definite A = L·Lᵀ, both row-major [size, size]. Where rounding made the two
 * halves of A differ, their mean is used; a pivot below the share `least` of its diagonal is lifted to that. Four rows
 * are subtracted at a time, because each sum alone would wait for its last addition. Cost: size³/3.
 */
export function cholesky(a: Float64Array, size: number, least = Number.EPSILON): Float64Array {
  const l = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    const diagonal = a[j * size + j];
    let pivot = diagonal;
    for (let k = 0; k < j; k++) pivot -= l[j * size + k] ** 2;
    const root = Math.sqrt(Math.max(pivot, least * Math.max(diagonal, 1e-8)));
    l[j * size + j] = root;
    const own = j * size;
    let i = j + 1;
    for (; i + 3 < size; i += 4) {
      const at0 = i * size;
      const at1 = at0 + size;
      const at2 = at1 + size;
      const at3 = at2 + size;
      let sum0 = (a[at0 + j] + a[own + i]) / 2;
      let sum1 = (a[at1 + j] + a[own + i + 1]) / 2;
      let sum2 = (a[at2 + j] + a[own + i + 2]) / 2;
      let sum3 = (a[at3 + j] + a[own + i + 3]) / 2;
      for (let k = 0; k < j; k++) {
        const factor = l[own + k];
        sum0 -= l[at0 + k] * factor;
        sum1 -= l[at1 + k] * factor;
        sum2 -= l[at2 + k] * factor;
        sum3 -= l[at3 + k] * factor;
      }
      l[at0 + j] = sum0 / root;
      l[at1 + j] = sum1 / root;
      l[at2 + j] = sum2 / root;
      l[at3 + j] = sum3 / root;
    }
    for (; i < size; i++) {
      let sum = (a[i * size + j] + a[own + i]) / 2;
      for (let k = 0; k < j; k++) sum -= l[i * size + k] * l[own + k];
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
