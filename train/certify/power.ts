import { leastGroups } from '../../metrics/interval/least-groups.js';
import { normalCdf, normalQuantile } from '../../metrics/special/normal.js';
import { binomialTail, mostFailures, trialsFor } from './binomial-tail.js';
import type { Outlook } from './outlook.js';
import { MANY, trialOf } from './wager.js';

/**
 * The chance that a threshold is certified on `groups` questions if its error rate is `risk` (default: the rate
 * observed out of fold). It is the power of the binomial test that the bets imitate (normal approximation if failures
 * are many), and only used for planning. With few questions, a bet is limited because a question may be wrong as a
 * whole; the trials are then made large enough for the bets to fit.
 */
export function predictedPower(
  outlook: Outlook,
  groups: number,
  alpha: number,
  delta: number,
  risk = outlook.risk,
): number {
  const n = groups * outlook.groupShare;
  const drift = alpha * outlook.mass;
  const size = Math.min(
    1,
    Math.max(trialOf(outlook, alpha).size, drift + (HEADROOM * firstBet(alpha, delta)) / (n * drift)),
  );
  const q = drift / size;
  const truth = (risk * outlook.mass) / size;
  if (truth >= 1) return 0;
  const z = normalQuantile(delta);
  if (n * q > MANY) {
    const margin = n * (q - truth) + z * Math.sqrt(n * q * (1 - q));
    return normalCdf(margin / Math.sqrt(n * truth * (1 - truth)));
  }
  const c = mostFailures(n, q, delta);
  return c < 0 ? 0 : binomialTail(trialsFor(n, q, c, delta), truth, c);
}

/**
 * Room for bets that grow after a failure. With 2, the predicted power agrees with the simulated power in
 * bench/certify.
 */
const HEADROOM = 2;

/** (φ(z) (1 − α) / δ)², z = Φ⁻¹(δ): if n · drift · (size − drift) equals this, the first bet is the stake / (1 − α). */
function firstBet(alpha: number, delta: number): number {
  const z = normalQuantile(delta);
  return ((Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * ((1 - alpha) / delta)) ** 2;
}

/** Normal quantiles at which the power is averaged. */
const NODES = Array.from({ length: 9 }, (_, k) => normalQuantile((k + 0.5) / 9));

/**
 * The same, averaged over the uncertainty of the true error rate: a gamma distribution whose shape is the number of
 * failing trials plus one, i.e. a flat prior (quantiles by Wilson & Hilferty 1931). The best of many thresholds looks
 * better than it is, because it was selected; the average corrects for that.
 */
export function expectedPower(outlook: Outlook, groups: number, alpha: number, delta: number): number {
  const { size } = trialOf(outlook, alpha);
  const truth = Math.min(1, (outlook.risk * outlook.mass) / size);
  const failures = outlook.seen * truth;
  const variance = 1 / (9 * (failures + 1));
  const mean = (outlook.risk * (failures + 1)) / failures;
  const at = (z: number) => mean * Math.max(0, 1 - variance + z * Math.sqrt(variance)) ** 3;
  return NODES.reduce((sum, z) => sum + predictedPower(outlook, groups, alpha, delta, at(z)), 0) / NODES.length;
}

interface Needed {
  /** Number of certify questions, and the outlook of the threshold that needs the fewest. */
  groups: number;
  outlook: Outlook;
}

/**
 * The smallest number of certify questions that gives some threshold the expected `power`. It is an estimate; null if
 * no threshold has an error rate far enough below α (then more labels alone do not help).
 */
export function groupsNeeded(outlooks: readonly Outlook[], alpha: number, delta: number, power = 0.8): Needed | null {
  let best: Needed | null = null;
  for (const outlook of outlooks) {
    if (outlook.risk >= alpha) continue;
    const enough = (groups: number) => expectedPower(outlook, groups, alpha, delta) >= power;
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
