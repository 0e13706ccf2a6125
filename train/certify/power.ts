import { normalCdf, normalQuantile } from '../../metrics/special/normal.js';
import { binomialTail, mostFailures, trialsFor } from './binomial-tail.js';
import type { Outlook } from './outlook.js';
import { MANY, trialOf } from './wager.js';

/**
 * Chance that a threshold is certified on `groups` questions if its out-of-fold error rate is the true one: the power of the
 * binomial test that the bets follow (normal where failures are many). An estimate: it plans, it promises nothing.
 */
export function predictedPower(outlook: Outlook, groups: number, alpha: number, delta: number): number {
  const { q, size } = trialOf(outlook, alpha);
  const n = groups * outlook.groupShare;
  const truth = (outlook.risk * outlook.mass) / size;
  if (truth >= 1) return 0;
  if (n * q > MANY) {
    const margin = n * (q - truth) + normalQuantile(delta) * Math.sqrt(n * q * (1 - q));
    return normalCdf(margin / Math.sqrt(n * truth * (1 - truth)));
  }
  const c = mostFailures(n, q, delta);
  return c < 0 ? 0 : binomialTail(trialsFor(n, q, c, delta), truth, c);
}

/** The fewest questions that could certify α at confidence 1 − δ, each one right: ln δ / ln(1 − α), 59 for .05 and .05. */
export function leastGroups(alpha: number, delta: number): number {
  return Math.ceil(Math.log(delta) / Math.log1p(-alpha) - 1e-9);
}

export interface Needed {
  /** Questions to certify on, and the outlook of the threshold they would most cheaply certify. */
  groups: number;
  outlook: Outlook;
}

/**
 * How many questions to certify on would do: the fewest that give some threshold the `power` asked for, if out-of-fold error
 * rates are the true ones. An estimate; null where no threshold's error rate lies below α (more labels alone would not do).
 */
export function groupsNeeded(outlooks: readonly Outlook[], alpha: number, delta: number, power = 0.8): Needed | null {
  let best: Needed | null = null;
  for (const outlook of outlooks) {
    if (outlook.risk >= alpha) continue;
    const enough = (groups: number) => predictedPower(outlook, groups, alpha, delta) >= power;
    let high = leastGroups(alpha, delta);
    while (!enough(high) && high < 1e7) high *= 2;
    if (!enough(high)) continue;
    let low = Math.floor(high / 2);
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (enough(middle)) high = middle;
      else low = middle;
    }
    if (best === null || high < best.groups) best = { groups: high, outlook };
  }
  return best;
}
