/** Smallest chance with which a label may be drawn: a rarer draw would outweigh all others. */
export const LEAST_CHANCE = 0.02;

/** Number of stakes, each half of the one before. */
const STAKES = 8;

/** Share of the largest possible stake that is bet at most, so that one answer never loses everything. */
const CAUTION = 0.9;

/** The stakes of one claim, fixed before any label is seen. */
export interface Stakes {
  /** For bets that the share of errors is above α: λ ≤ 0.9 · floor / α. */
  above: readonly number[];
  /** For bets that it is below α: λ ≤ 0.9 · floor / (1 − α). */
  below: readonly number[];
}

/**
 * Constant stakes λ for 1 ± λ·G, where G = (error − α) / chance and every chance is at least `floor`. They never adapt:
 * with constant stakes, the product is an e-process against the *average* error, even if errors come and go. (With
 * E[G] = μ − α, the product of 1 + λ(μ − α) is at most exp(λ Σ(μ − α)), which is at most 1 while the average of μ is at
 * most α.) Source: Waudby-Smith & Ramdas 2023, "Estimating means of bounded random variables by betting", section 4
 * (mixtures of constant bets); the argument for averages is written out in docs/monitor.md.
 */
export function stakesFor(alpha: number, floor: number): Stakes {
  const grid = (most: number) => Array.from({ length: STAKES }, (_, k) => (CAUTION * most) / 2 ** k);
  return { above: grid(floor / alpha), below: grid(floor / (1 - alpha)) };
}
