/** From this value on, the series below are exact to 1e-11. */
const FAR = 30;

/**
 * Harmonic rate: (H(k + m) − H(k)) / m = mean of 1 / (k + j) over j = 1..m for whole m; in between by the digamma
 * function. k ≥ 0, m ≥ 0 (for m = 0 the result is some finite number). If m is small compared with k, a series about
 * the middle c of the step is used: 1/c [1 + (m² − 1)/12c² + (m² − 1)(3m² − 7)/240c⁴]. Source: DLMF 5.4.14 and 5.11.2.
 */
export function harmonicRate(k: number, m: number): number {
  const c = k + (m + 1) / 2;
  if (k < FAR || 20 * m > c) return m > 0 ? longStep(k, m) / m : 0;
  const v = 1 / c;
  const s = v * v;
  return v * (1 + (m * m - 1) * s * (1 / 12 + ((3 * m * m - 7) * s) / 240));
}

/** Raises k to at least 30 by the recurrence, then uses the asymptotic series of the digamma function about k + 1/2. */
function longStep(k: number, m: number): number {
  let step = 0;
  for (; k < FAR; k++) step += 1 / (k + 1) - 1 / (k + m + 1);
  const a = k + 0.5;
  const b = a + m;
  const [x, y] = [1 / (a * a), 1 / (b * b)];
  return step + Math.log1p(m / a) + (y - x) / 24 - (7 * (y * y - x * x)) / 960;
}
