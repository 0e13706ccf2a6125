import { append } from '../../support/append.js';

/** Number of points of the grid on [0, 1] over which residuals are spread. It limits how narrow a kernel can be. */
export const GRID = 1000;
const HALF = GRID / 2;
const NARROWEST = 1e-3;
/** Cosines whose factor e^−x²/2 is below the one at x = 6 (1.5e-8) are left out. */
const FADED = 6;
/**
 * Steps between the grid points that are evaluated: at most σ / 2, which makes no visible difference to a curve
 * smoothed with σ.
 */
const STRIDES = [20, 10, 5, 4, 2];
const cosine = Float64Array.from({ length: 2 * GRID }, (_, j) => Math.cos((Math.PI * j) / GRID));

/**
 * The place of each probability between grid points: `share` of its residual goes to the point after `point`, the rest
 * to `point`.
 */
export function placesOf(probability: Float64Array): { point: Int32Array; share: Float64Array } {
  const place = probability.map((p) => Math.min(Math.max(p, 0), 1) * GRID);
  const point = Int32Array.from(place, (x) => Math.min(Math.floor(x), GRID - 1));
  return { point, share: place.map((x, i) => x - point[i]) };
}

/**
 * ∫ |residuals smoothed with the reflected Gaussian kernel of bandwidth σ| dt at the one σ where that value is σ
 * itself. The eigenfunctions of the kernel are cos(πkt) with the eigenvalues e^−(πkσ)²/2, so each σ needs a short
 * cosine sum; summing even and odd ones separately halves the work. The value never rises with σ, so the first
 * evaluation already brackets the root. `residual` has one sum per grid point; all weights together are 1. Exact to
 * about 2e-5 on this grid. Source: Błasiok & Nakkiran 2023, sec. 4 and def. 7.
 */
export function smoothedGap(residual: Float64Array): number {
  const folded = [new Float64Array(HALF + 1), new Float64Array(HALF + 1)];
  for (let j = 0; j < HALF; j++) {
    folded[0][j] = residual[j] + residual[GRID - j];
    folded[1][j] = residual[j] - residual[GRID - j];
  }
  folded[0][HALF] = residual[HALF];
  const coefficients: number[] = [];
  const coefficient = (k: number) => {
    while (coefficients.length <= k) append(coefficients, fourSums(folded, coefficients.length));
    return k === 0 ? coefficients[0] : 2 * coefficients[k];
  };
  const smooth = [new Float64Array(HALF + 1), new Float64Array(HALF + 1)];
  const at = (sigma: number) => {
    for (const part of smooth) part.fill(0);
    const terms = Math.min(GRID - 1, Math.ceil(FADED / (Math.PI * sigma)));
    const stride = STRIDES.find((step) => step <= (sigma * GRID) / 2) ?? 1;
    for (let k = 0; k <= terms; k++) {
      const factor = coefficient(k) * Math.exp(-((Math.PI * k * sigma) ** 2) / 2);
      const part = smooth[k % 2];
      const step = (k * stride) % (2 * GRID);
      for (let j = 0, place = 0; j <= HALF; j += stride, place = wrapped(place + step))
        part[j] += factor * cosine[place];
    }
    const [even, odd] = smooth;
    let area = Math.abs(even[HALF]) - (Math.abs(even[0] + odd[0]) + Math.abs(even[0] - odd[0])) / 2;
    for (let j = 0; j < HALF; j += stride) area += Math.abs(even[j] + odd[j]) + Math.abs(even[j] - odd[j]);
    return (area * stride) / GRID;
  };
  return fixedPoint(at);
}

/** The cosine sums k to k + 3, where k is even. Four at a time, because one addition need not wait for another. */
function fourSums([even, odd]: readonly Float64Array[], k: number): [number, number, number, number] {
  let [a, b, c, d] = [0, 0, 0, 0];
  let [atA, atB, atC, atD] = [0, 0, 0, 0];
  for (let j = 0; j <= HALF; j++) {
    a += even[j] * cosine[atA];
    b += odd[j] * cosine[atB];
    c += even[j] * cosine[atC];
    d += odd[j] * cosine[atD];
    atA = wrapped(atA + k);
    atB = wrapped(atB + k + 1);
    atC = wrapped(atC + k + 2);
    atD = wrapped(atD + k + 3);
  }
  return [a, b, c, d];
}

/**
 * The reflected Gaussian kernel with bandwidth σ between the grid point `at` and every grid point: density over [0, 1]
 * at point j. It is the kernel of `smoothedGap`, from the same eigenfunctions.
 */
export function kernelAt(at: number, sigma: number): Float64Array {
  const kernel = new Float64Array(GRID + 1).fill(1);
  const terms = Math.min(GRID - 1, Math.ceil(FADED / (Math.PI * sigma)));
  for (let k = 1; k <= terms; k++) {
    const factor = 2 * Math.exp(-((Math.PI * k * sigma) ** 2) / 2) * cosine[(k * at) % (2 * GRID)];
    for (let j = 0, place = 0; j <= GRID; j++, place = wrapped(place + k)) kernel[j] += factor * cosine[place];
  }
  return kernel;
}

/** Index into the cosines. Both addends are smaller than the number of cosines. */
function wrapped(at: number): number {
  return at >= 2 * GRID ? at - 2 * GRID : at;
}

/**
 * The x with at(x) = x of a function that never rises, by the Illinois variant of false position. If that x is below
 * NARROWEST, the value at NARROWEST.
 */
function fixedPoint(at: (x: number) => number): number {
  const start = 0.02;
  const first = at(start);
  let [low, high] = first > start ? [start, first] : [Math.max(first, NARROWEST), start];
  let [above, below] = first > start ? [first - start, at(first) - first] : [at(low) - low, first - start];
  if (above <= 0) return above + low;
  let side = 0;
  for (let step = 0; step < 30 && high - low > 1e-8; step++) {
    const x = (low * below - high * above) / (below - above);
    const gap = at(x) - x;
    if (Math.abs(gap) < 1e-6) return x + gap;
    if (gap > 0) {
      [low, above] = [x, gap];
      if (side === 1) below /= 2;
      side = 1;
    } else {
      [high, below] = [x, gap];
      if (side === -1) above /= 2;
      side = -1;
    }
  }
  return high + below;
}
