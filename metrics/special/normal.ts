/**
 * Standard normal distribution function Φ(x): Marsaglia's series for |x| < 6, the continued fraction of the tail
 * beyond. Absolute error below 1e-15, relative error in the tail below 1e-12. Source: Marsaglia 2004, J. Stat. Software
 * 11(4).
 */
export function normalCdf(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  if (x > 0) return 1 - normalCdf(-x);
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  if (x > -2) {
    let sum = x;
    let term = x;
    for (let k = 3; Math.abs(term) > 1e-18; k += 2) sum += term *= (x * x) / k;
    return 0.5 + density * sum;
  }
  let fraction = 0;
  for (let k = 200; k >= 1; k--) fraction = k / (-x + fraction);
  return density / (-x + fraction);
}

/** Quantiles that were computed before: planning asks for those of a few levels many thousand times. */
const known = new Map<number, number>();
const MOST_KNOWN = 256;

/**
 * Quantile of the standard normal, Φ⁻¹(q), by Newton steps on ln Φ from a rational starting value (Abramowitz & Stegun
 * 26.2.23).
 */
export function normalQuantile(q: number): number {
  if (q <= 0) return Number.NEGATIVE_INFINITY;
  if (q >= 1) return Number.POSITIVE_INFINITY;
  if (q > 0.5) return -normalQuantile(1 - q);
  const before = known.get(q);
  if (before !== undefined) return before;
  const x = lowerQuantile(q);
  if (known.size < MOST_KNOWN) known.set(q, x);
  return x;
}

function lowerQuantile(q: number): number {
  const t = Math.sqrt(-2 * Math.log(q));
  let x = -(t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))));
  for (let step = 0; step < 4; step++) {
    const cdf = normalCdf(x);
    const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
    x -= (Math.log(cdf / q) * cdf) / density;
  }
  return x;
}
