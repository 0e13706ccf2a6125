/** From here on the series below is exact to 1e-11. */
const FAR = 30;

/**
 * Harmonic step: H(k + m) − H(k) = Σ_{j=1..m} 1 / (k + j) for whole m, between them by the digamma function. k, m ≥ 0.
 * Raised to k ≥ 30 by the recurrence, then the asymptotic series about k + 1/2. Source: DLMF 5.4.14 and 5.11.2.
 */
export function harmonicStep(k: number, m: number): number {
  let step = 0;
  for (; k < FAR; k++) step += 1 / (k + 1) - 1 / (k + m + 1);
  const a = k + 0.5;
  const b = a + m;
  const [x, y] = [1 / (a * a), 1 / (b * b)];
  return step + logRatio(a, b) + (y - x) / 24 - (7 * (y * y - x * x)) / 960;
}

/** ln(b / a), exact also where the two are close. */
function logRatio(a: number, b: number): number {
  const u = (b - a) / (a + b);
  const square = u * u;
  return u < 0.03 ? 2 * u * (1 + square * (1 / 3 + square * (1 / 5 + square / 7))) : Math.log(b / a);
}
