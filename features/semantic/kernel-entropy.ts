import { eigen } from './eigen.js';
import type { TwinGraph } from './twin-graph.js';

/** Time of the heat kernel. Source: Nikitin et al. 2024, appendix C; a function of their code has 0.4. */
const HEAT_TIME = 0.3;
/** 2ν / κ² of the Matérn kernel for ν = κ = 1. Source: Nikitin et al. 2024, appendix C. */
const MATERN_SHIFT = 2;
/** Eigenvalues up to this size add nothing to the entropy, as in the authors' code. */
const LEAST_EIGENVALUE = 1e-8;

/** Kernel language entropy with two kernels, each from 0 to 1. */
export interface KernelEntropies {
  heat: number;
  matern: number;
}

let laplacian = new Float64Array(0);
let vectors = new Float64Array(0);
let kernel = new Float64Array(0);
let degrees = new Float64Array(0);
let values = new Float64Array(0);
let diagonal = new Float64Array(0);

/**
 * Kernel language entropy of n texts with edge weights W [n, n] within 0..2: the von Neumann entropy −Tr(K ln K) / ln n
 * of a kernel K of the graph Laplacian L = D − W, normalised to K_ij / (n √(K_ii K_jj)). Heat: K = e^(−tL), t = 0.3.
 * Matérn: K = (2ν/κ² I + L)^−ν, ν = κ = 1. NaN for fewer than two texts.
 * The m texts of a node have one eigenvector along their sum, and m − 1 eigenvectors with the eigenvalue of their degree.
 * Source: Nikitin et al. 2024, section 3 (definition 3.3) and 3.1 (eq. 9, normalisation to unit trace). Their code, not the
 * paper, divides by ln n.
 */
export function kernelEntropies(graph: TwinGraph, into: KernelEntropies): KernelEntropies {
  const { w, nodes: n, count } = graph;
  reserve(n);
  for (let a = 0; a < n; a++) {
    let degree = 0;
    for (let b = 0; b < n; b++) {
      degree += count[b] * w[a * n + b];
      laplacian[a * n + b] = -w[a * n + b] * Math.sqrt(count[a] * count[b]);
    }
    degrees[a] = degree;
    laplacian[a * n + a] += degree;
  }
  eigen(laplacian, n, vectors);
  for (let k = 0; k < n; k++) values[k] = Math.max(0, laplacian[k * n + k]);
  into.heat = entropyOf(graph, heat);
  into.matern = entropyOf(graph, matern);
  return into;
}

function heat(value: number): number {
  return Math.exp(-HEAT_TIME * value);
}

function matern(value: number): number {
  return 1 / (MATERN_SHIFT + value);
}

/** The entropy of the kernel with the Laplacian's eigenvectors and the eigenvalues `of` its eigenvalues. */
function entropyOf({ n: texts, nodes: n, count }: TwinGraph, of: (value: number) => number): number {
  if (texts < 2) return NaN;
  for (let at = 0; at < n * n; at++) kernel[at] = 0;
  for (let k = 0; k < n; k++) {
    const value = of(values[k]);
    for (let a = 0; a < n; a++) {
      const scaled = value * vectors[a * n + k];
      for (let b = a; b < n; b++) kernel[a * n + b] += scaled * vectors[b * n + k];
    }
  }
  let entropy = 0;
  for (let a = 0; a < n; a++) {
    const apart = of(degrees[a]);
    // K_ii of a text of node a
    diagonal[a] = (kernel[a * n + a] + apart * (count[a] - 1)) / count[a];
    if (count[a] > 1) entropy += (count[a] - 1) * term(apart / (texts * diagonal[a]));
  }
  for (let a = 0; a < n; a++) {
    for (let b = a; b < n; b++) {
      const entry = kernel[a * n + b] / (texts * Math.sqrt(diagonal[a] * diagonal[b]));
      kernel[a * n + b] = kernel[b * n + a] = entry;
    }
  }
  eigen(kernel, n);
  for (let k = 0; k < n; k++) entropy += term(kernel[k * n + k]);
  return Math.min(1, Math.max(0, entropy / Math.log(texts)));
}

function term(value: number): number {
  return value > LEAST_EIGENVALUE ? -value * Math.log(value) : 0;
}

function reserve(n: number): void {
  if (values.length >= n) return;
  values = new Float64Array(n);
  degrees = new Float64Array(n);
  diagonal = new Float64Array(n);
  laplacian = new Float64Array(n * n);
  vectors = new Float64Array(n * n);
  kernel = new Float64Array(n * n);
}
