const HUGE = 1e200;

/**
 * P(Bin(n, q) ≤ c) = Σ_{k≤c} (n choose k) q^k (1 − q)^{n−k}. n may be any real number > c (then it is I_{1−q}(n − c, c
 * + 1)), so a test can use a fraction of a trial. 0 for c < 0, 1 for c ≥ n. Summed from k = 0 with a separate scale, so
 * nothing underflows: O(c).
 */
export function binomialTail(n: number, q: number, c: number): number {
  if (c < 0) return 0;
  if (c >= n) return 1;
  const odds = q / (1 - q);
  let scale = n * Math.log1p(-q);
  let term = 1;
  let sum = 1;
  for (let k = 1; k <= c; k++) {
    sum += term *= ((n - k + 1) / k) * odds;
    if (sum < HUGE) continue;
    sum /= HUGE;
    term /= HUGE;
    scale += Math.log(HUGE);
  }
  return Math.min(1, sum * Math.exp(scale));
}

/** The largest integer c with P(Bin(n, q) ≤ c) ≤ v; −1 if there is none. For n q < 700. */
export function mostFailures(n: number, q: number, v: number): number {
  const odds = q / (1 - q);
  let term = Math.exp(n * Math.log1p(-q));
  let sum = term;
  let c = -1;
  while (sum <= v && c + 1 < n) {
    c++;
    sum += term *= ((n - c) / (c + 1)) * odds;
  }
  return c;
}

/**
 * The number of trials r ≤ n, possibly fractional, with P(Bin(r, q) ≤ c) = v, if P(Bin(n, q) ≤ c) ≤ v. The log of the
 * tail is nearly linear in r, so false position with the Illinois rule needs only a few evaluations.
 */
export function trialsFor(n: number, q: number, c: number, v: number): number {
  if (c <= 0) return Math.min(n, Math.log(v) / Math.log1p(-q));
  const target = Math.log(v);
  const above = (r: number) => Math.log(binomialTail(r, q, c)) - target;
  let [low, atLow] = [c, -target];
  let [high, atHigh] = [n, above(n)];
  let at = atHigh;
  for (let step = 0; step < 50 && Math.abs(at) > 1e-11 && high - low > 1e-9 * n; step++) {
    const r = Math.min(high, Math.max(low, high - (atHigh * (high - low)) / (atHigh - atLow)));
    at = above(r);
    if (at > 0) {
      [low, atLow] = [r, at];
      atHigh /= 2;
    } else {
      [high, atHigh] = [r, at];
      atLow /= 2;
    }
  }
  return at > 0 ? low : high;
}
