import type { Stakes } from './stakes.js';

interface Given {
  alpha: number;
  delta: number;
  /** The assumed true share of errors. */
  error: number;
  /** The chance with which labels are drawn. */
  chance: number;
  stakes: Stakes;
  /** Logarithms of the wealth of either bet so far. */
  above: readonly number[];
  below: readonly number[];
}

/** More labels than this are not promised: the share of errors is too near the target. */
const MOST = 1e6;

/**
 * About how many more drawn labels decide it, if the share of errors is `error`: the wealth at a stake grows per label
 * by r = error · ln(1 + λ(1 − α)/chance) + (1 − error) · ln(1 − λα/chance), so the mixture reaches 1/δ after
 * (ln(stakes/δ) − ln wealth) / r labels at the best stake. Null if the wealth does not grow.
 */
export function labelsToDecide({ alpha, delta, error, chance, stakes, above, below }: Given): number | null {
  const side =
    error > alpha ? { sign: 1, list: stakes.above, wealth: above } : { sign: -1, list: stakes.below, wealth: below };
  let least = Number.POSITIVE_INFINITY;
  side.list.forEach((stake, k) => {
    const bet = (side.sign * stake) / chance;
    const growth = error * Math.log1p(bet * (1 - alpha)) + (1 - error) * Math.log1p(-bet * alpha);
    const wanted = Math.log(side.list.length / delta) - side.wealth[k];
    if (growth > 0) least = Math.min(least, Math.max(1, wanted / growth));
  });
  return least <= MOST ? Math.ceil(least) : null;
}
