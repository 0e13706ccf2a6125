import { eigen } from './eigen.js';
import type { TwinGraph } from './twin-graph.js';

/** Eigenvectors count up to this eigenvalue of the Laplacian. Source: the code of Lin et al. 2024 (`eigv_threshold`). */
const EIGENVALUE_MOST = 0.9;

/** What the normalised Laplacian of a similarity graph tells. */
export interface Spectrum {
  eigenvalueSum: number;
  eccentricity: number;
}

let scaled = new Float64Array(0);
let vectors = new Float64Array(0);
let roots = new Float64Array(0);

/**
 * Sum of eigenvalues and eccentricity of a graph with similarities W [n, n], symmetric, within 0..1 and 1 on the
 * diagonal. L = I − D^−½ W D^−½ has the eigenvalues λ_k. `eigenvalueSum` = Σ_k max(0, 1 − λ_k): about the number of
 * meanings, 1 … n. `eccentricity` = ‖(v_1 − v̄, …, v_n − v̄)‖, where text j has the coordinates v_j in the eigenvectors
 * with λ_k < 0.9: 0 where all texts are at one place. Of the m texts of a node only the direction of their sum has an
 * eigenvalue 1 − λ other than 0.
 * Source: Lin et al. 2024 (Generating with Confidence), section 4.2, U_EigV and U_Ecc.
 */
export function spectrumOf({ w, n: texts, nodes: n, count }: TwinGraph, into: Spectrum): Spectrum {
  reserve(n);
  for (let a = 0; a < n; a++) {
    let degree = 0;
    for (let b = 0; b < n; b++) degree += count[b] * w[a * n + b];
    roots[a] = Math.sqrt(count[a] / degree);
  }
  // the eigenvectors of D^−½ W D^−½ are those of L, its eigenvalues are 1 − λ
  for (let a = 0; a < n; a++) for (let b = 0; b < n; b++) scaled[a * n + b] = w[a * n + b] * roots[a] * roots[b];
  eigen(scaled, n, vectors);
  let sum = 0;
  let squares = 0;
  for (let k = 0; k < n; k++) {
    const value = scaled[k * n + k];
    if (value > 0) sum += value;
    if (!(1 - value < EIGENVALUE_MOST)) continue;
    let total = 0;
    for (let a = 0; a < n; a++) total += vectors[a * n + k] * Math.sqrt(count[a]);
    // Σ_j (v_jk − v̄_k)² of a vector of length 1
    squares += Math.max(0, 1 - (total * total) / texts);
  }
  into.eigenvalueSum = sum;
  into.eccentricity = Math.sqrt(squares);
  return into;
}

/**
 * Uncertainty from the degree matrix: trace(n I − D) / n², which is one minus the mean similarity over all pairs, each
 * text with itself included. `w` has `stride` numbers per row.
 * Source: Lin et al. 2024, section 4.2, U_Deg.
 */
export function degreeUncertainty(w: Float64Array, n: number, stride = n): number {
  let total = 0;
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) total += w[i * stride + j];
  return 1 - total / (n * n);
}

function reserve(n: number): void {
  if (roots.length >= n) return;
  roots = new Float64Array(n);
  scaled = new Float64Array(n * n);
  vectors = new Float64Array(n * n);
}
