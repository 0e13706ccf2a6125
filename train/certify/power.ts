import { leastGroups } from '../../metrics/interval/least-groups.js';
import { normalCdf, normalQuantile } from '../../metrics/special/normal.js';
import { binomialTail, mostFailures, trialsFor } from './binomial-tail.js';
import type { Outlook } from './outlook.js';
import { MANY, trialOf } from './wager.js';

/**
 * Chance that a threshold is certified on `groups` questions if its error rate is `risk` (by default that seen out of fold):
 * the power of the binomial test that the bets follow (normal where failures are many). An estimate: it plans, it promises
 * nothing. On few questions a bet may not be as large as small trials would want it, since a question may be wrong as a whole;
 * the trials are then taken as large as makes the bets fit.
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

/** Room for bets that grow after a failure; with 2 the predicted power met the simulated one on the kinds of bench/certify. */
const HEADROOM = 2;

/** (φ(z) (1 − α) / δ)², z the normal quantile of δ: the first bet is 1 / (1 − α) of the stake where n · drift · (size − drift) is this. */
function firstBet(alpha: number, delta: number): number {
  const z = normalQuantile(delta);
  return ((Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * ((1 - alpha) / delta)) ** 2;
}

/** Quantiles of the error rate that the power is averaged over. */
const NODES = Array.from({ length: 9 }, (_, k) => normalQuantile((k + 0.5) / 9));

/**
 * The same, averaged over what the true error rate may be, given how few failures it was seen on: a gamma distribution with one more
 * than the failing trials as its shape: a flat prior (quantiles by Wilson & Hilferty 1931). Of many thresholds the one that looks best has
 * been lucky; this takes the luck out.
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
  /** Questions to certify on, and the outlook of the threshold they would most cheaply certify. */
  groups: number;
  outlook: Outlook;
}

/**
 * How many questions to certify on would do: the fewest that give some threshold the expected `power` asked for. An estimate;
 * null where no threshold's error rate lies below α by enough to be sure of it (more labels alone would not do).
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
