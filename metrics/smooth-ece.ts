/** Points of the grid on [0, 1] that residuals are spread over, and the narrowest kernel it can carry. */
const GRID = 1000;
const NARROWEST = 1e-3;

/**
 * Smooth ECE: ∫ |Σ_i w_i (y_i − p_i) K_σ(t, p_i)| dt / W with the reflected Gaussian kernel, at the one bandwidth σ where
 * the value equals σ itself; no bins to choose. The kernel's eigenfunctions are cos(πkt) with e^−(πkσ)²/2, which makes each σ
 * one short cosine sum. [0, 1], lower is better; noise alone keeps it above 0. Grid and bisection: to about 1e-4.
 * Source: Błasiok & Nakkiran 2023, sec. 4 and def. 7.
 */
export function smoothEce(probability: Float64Array, label: Float64Array, weight?: Float64Array): number {
  const residual = spread(probability, label, weight);
  const cosine = Float64Array.from({ length: 2 * GRID }, (_, j) => Math.cos((Math.PI * j) / GRID));
  const coefficients: number[] = [];
  const coefficient = (k: number) => {
    for (let next = coefficients.length; next <= k; next++) {
      let sum = 0;
      for (let j = 0; j <= GRID; j++) sum += residual[j] * cosine[(next * j) % (2 * GRID)];
      coefficients.push(next === 0 ? sum : 2 * sum);
    }
    return coefficients[k];
  };
  const at = (sigma: number) => {
    const smooth = new Float64Array(GRID + 1);
    const terms = Math.min(GRID, Math.ceil(8 / (Math.PI * sigma)));
    for (let k = 0; k <= terms; k++) {
      const factor = coefficient(k) * Math.exp(-((Math.PI * k * sigma) ** 2) / 2);
      for (let j = 0; j <= GRID; j++) smooth[j] += factor * cosine[(k * j) % (2 * GRID)];
    }
    let area = -(Math.abs(smooth[0]) + Math.abs(smooth[GRID])) / 2;
    for (const value of smooth) area += Math.abs(value);
    return area / GRID;
  };
  let low = NARROWEST;
  let high = 1;
  for (let step = 0; step < 20 && high - low > 1e-6; step++) {
    const middle = (low + high) / 2;
    if (at(middle) > middle) low = middle;
    else high = middle;
  }
  return at(high);
}

/** Residuals w (y − p) / W, each shared by the two grid points beside its p. */
function spread(probability: Float64Array, label: Float64Array, weight?: Float64Array): Float64Array {
  const grid = new Float64Array(GRID + 1);
  const total = weight === undefined ? label.length : weight.reduce((sum, w) => sum + w, 0);
  for (let i = 0; i < label.length; i++) {
    const place = Math.min(Math.max(probability[i], 0), 1) * GRID;
    const cell = Math.min(Math.floor(place), GRID - 1);
    const share = ((weight?.[i] ?? 1) * (label[i] - probability[i])) / total;
    grid[cell] += share * (cell + 1 - place);
    grid[cell + 1] += share * (place - cell);
  }
  return grid;
}
