/** The standard normal's 10% quantile: the bound is exceeded in one of ten. */
const TENTH = -1.2816;

/** No variance between slices is taken for larger: four logits of difference are never seen. */
const MOST = 16;

/**
 * An upper bound (90%) on the variance τ² between slices of what was estimated in each with error variance v_c: the τ² at which
 * Q(τ²) = Σ (e_c − ē)²/(v_c + τ²) falls to the 10% quantile of χ² with one degree less than there are slices; 0 where it lies
 * below that already. With few slices it is several times the estimate, as few slices tell little of how far a next one may lie.
 * Source: Viechtbauer 2007 (Q-profile); the quantile: Wilson & Hilferty 1931.
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
