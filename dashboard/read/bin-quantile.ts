import { BIN_STARTS, binEnd } from '../../store/rollup/tables.js';

/**
 * A quantile from counts in bins, as if answers were spread evenly within a bin: so it is off by less than the width of
 * its bin. NaN without answers.
 */
export function binQuantile(bins: readonly number[], level: number): number {
  const total = bins.reduce((sum, n) => sum + n, 0);
  if (total === 0) return Number.NaN;
  let below = 0;
  for (const [i, n] of bins.entries()) {
    if (n > 0 && below + n >= level * total) {
      const from = BIN_STARTS[i];
      return from + ((level * total - below) / n) * (binEnd(i) - from);
    }
    below += n;
  }
  return 1;
}
