/** The standard normal's 10% quantile: the bound is exceeded in one case of ten. */
const TENTH = -1.2816;

/** Largest variance between slices: differences of four logits do not occur. */
const MOST = 16;

/**
 * A 90% upper bound on the variance τ² between slices of an estimate e_c with error variance v_c in each slice: the τ²
 * at which Q(τ²) = Σ (e_c − ē)²/(v_c + τ²) falls to the 10% quantile of χ², with one degree of freedom less than there
 * are slices; 0 if Q(0) is below it already. With few slices it is several times the estimate, because few slices say
 * little about how different the next one may be. Source: Viechtbauer 2007 (Q-profile); the quantile: Wilson & Hilferty
 * 1931.
 */
export function varianceBetween(estimates: readonly { estimate: number; variance: number }[]): number {
  const free = estimates.length - 1;
  const quantile = free * Math.max(1 - 2 / (9 * free) + TENTH * Math.sqrt(2 / (9 * free)), 0.2) ** 3;
  const heterogeneity = (tau: number): number => {
    let weight = 0;
    let mean = 0;
    for (const { estimate, variance } of estimates) {
      weight += 1 / (variance + tau);
      mean += estimate / (variance + tau);
    }
    mean /= weight;
    return estimates.reduce((sum, { estimate, variance }) => sum + (estimate - mean) ** 2 / (variance + tau), 0);
  };
  let [low, high] = [0, MOST];
  if (heterogeneity(low) <= quantile) return low;
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    if (heterogeneity(middle) > quantile) low = middle;
    else high = middle;
  }
  return high;
}
