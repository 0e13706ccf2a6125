/**
 * Rotations stop when the squares left off the diagonal add up to this share of all squares. Eigenvalues are then off by
 * about that share, eigenvectors by its root.
 */
const SMALL = 1e-24;
/** More sweeps than any symmetric matrix of our size needs: convergence is quadratic, and six to eight do. */
const MOST_SWEEPS = 40;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix `a` [n, n] (row by row) by cyclic Jacobi rotations. `a` is
 * destroyed: its diagonal `a[i * n + i]` becomes eigenvalue i, in no order. Column i of `vectors` [n, n] becomes the
 * eigenvector of length 1 of eigenvalue i; without `vectors`, only eigenvalues are computed. Cost: about 10 n³
 * multiplications per sweep.
 * Source: Golub & Van Loan, Matrix Computations, 4th edition, section 8.5 (cyclic Jacobi, symmetric Schur
 * decomposition 2 × 2).
 */
export function eigen(a: Float64Array, n: number, vectors?: Float64Array): void {
  if (vectors !== undefined) {
    // a loop, because fill is slow for a few numbers
    for (let i = 0; i < n * n; i++) vectors[i] = i % (n + 1) === 0 ? 1 : 0;
  }
  let squares = 0;
  for (let i = 0; i < n * n; i++) squares += a[i] * a[i];
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) off += a[p * n + q] * a[p * n + q];
    if (off <= SMALL * squares) return;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) rotate(a, n, p * n + q, vectors);
    }
  }
}

/** Makes the entry at index `at` = p n + q zero by one rotation in the plane of p and q. */
function rotate(a: Float64Array, n: number, at: number, vectors: Float64Array | undefined): void {
  const apq = a[at];
  if (apq === 0) return;
  const q = at % n;
  const p = (at - q) / n;
  const app = a[p * n + p];
  const aqq = a[q * n + q];
  const tau = (aqq - app) / (2 * apq);
  const t = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
  const c = 1 / Math.sqrt(1 + t * t);
  const s = t * c;
  a[p * n + p] = app - t * apq;
  a[q * n + q] = aqq + t * apq;
  a[p * n + q] = a[q * n + p] = 0;
  for (let k = 0; k < n; k++) {
    if (k !== p && k !== q) {
      const akp = a[k * n + p];
      const akq = a[k * n + q];
      a[k * n + p] = a[p * n + k] = c * akp - s * akq;
      a[k * n + q] = a[q * n + k] = s * akp + c * akq;
    }
    if (vectors === undefined) continue;
    const vkp = vectors[k * n + p];
    const vkq = vectors[k * n + q];
    vectors[k * n + p] = c * vkp - s * vkq;
    vectors[k * n + q] = s * vkp + c * vkq;
  }
}
