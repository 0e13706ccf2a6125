/**
 * Cholesky factor L of a symmetric positive definite A = L·Lᵀ, both row-major [size, size]. A pivot that rounding made
 * non-positive is lifted to the last bit of what it was taken from. size³/6.
 */
export function cholesky(a: Float64Array, size: number): Float64Array {
  const l = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    let pivot = a[j * size + j];
    for (let k = 0; k < j; k++) pivot -= l[j * size + k] ** 2;
    const root = Math.sqrt(Math.max(pivot, Number.EPSILON * a[j * size + j]));
    l[j * size + j] = root;
    for (let i = j + 1; i < size; i++) {
      let sum = a[i * size + j];
      for (let k = 0; k < j; k++) sum -= l[i * size + k] * l[j * size + k];
      l[i * size + j] = sum / root;
    }
  }
  return l;
}

/** x of L·Lᵀ·x = b. */
export function choleskySolve(l: Float64Array, b: Float64Array): Float64Array {
  const size = b.length;
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

/** ln det A, of A's factor. */
export function logDeterminant(l: Float64Array, size: number): number {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += 2 * Math.log(l[i * size + i]);
  return sum;
}
