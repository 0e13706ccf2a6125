import { normalCdf, normalQuantile } from '../../metrics/special/normal.js';
import { binomialTail } from '../certify/binomial-tail.js';

/** With more expected failures (and successes) than this, the normal distribution replaces the binomial. */
const MANY = 500;
/** More trials than this are not counted: the share of errors is too near the target. */
const MOST = 1e7;

interface Wanted {
  /** The target share of errors, and the level of the test. */
  alpha: number;
  delta: number;
  /** The assumed true share of errors. */
  error: number;
  /** The chance with which the test is to decide. */
  chance: number;
  /** The fewest trials that count; default 1. */
  least?: number;
}

/**
 * The number of binomial trials with which the test decides with this chance: that the share of errors is below α if
 * `error` is, above α if `error` is. Null if it is too near α for ten million trials. O(√trials · log trials).
 */
export function trialsToDecide({ alpha, delta, error, chance, least = 1 }: Wanted): number | null {
  if (error === alpha) return null;
  const isEnough = (n: number) => chanceToDecide(n, { alpha, delta, error }) >= chance;
  let high = Math.max(1, Math.ceil(least));
  if (isEnough(high)) return high;
  let low = high;
  while (!isEnough(high)) {
    if (high > MOST) return null;
    low = high;
    high *= 2;
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isEnough(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** The chance that the binomial test on n trials decides on the side of α on which `error` is. */
export function chanceToDecide(n: number, { alpha, delta, error }: Omit<Wanted, 'chance' | 'least'>): number {
  const isBelow = error < alpha;
  if (n * Math.min(alpha, 1 - alpha) > MANY) {
    const margin = n * Math.abs(alpha - error) + normalQuantile(delta) * Math.sqrt(n * alpha * (1 - alpha));
    const deviation = Math.sqrt(n * error * (1 - error));
    return deviation > 0 ? normalCdf(margin / deviation) : margin >= 0 ? 1 : 0;
  }
  if (isBelow) {
    const most = largest(n, (c) => binomialTail(n, alpha, c) <= delta);
    return tail(n, error, most);
  }
  // the fewest failures that reject "α or less": one more than the most with a tail below 1 − δ
  const fewest = largest(n, (c) => 1 - binomialTail(n, alpha, c) > delta) + 2;
  return 1 - tail(n, error, fewest - 1);
}

/** The largest c from −1 to n − 1 with the condition, which holds up to some c and not beyond. */
function largest(n: number, holds: (c: number) => boolean): number {
  let low = -1;
  let high = n;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** The tail also at shares of exactly 0 and 1. */
function tail(n: number, share: number, c: number): number {
  if (c < 0) return 0;
  if (c >= n || share <= 0) return 1;
  return share >= 1 ? 0 : binomialTail(n, share, c);
}
