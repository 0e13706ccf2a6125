import type { Scored } from '../../metrics/scored.js';
import { type Outlook, outlooksOf, type Profile, sights } from '../../train/certify/outlook.js';
import { expectedPower } from '../../train/certify/power.js';
import type { Outcome } from '../choose/outcome.js';
import type { CaseTable } from '../table.js';

/** Accepted cases have this probability or more; the others have 0. */
export const ACCEPTED = 0.5;

/** A lower cap is used only if it adds this much power. */
const MORE = 0.02;

/** What the fit cases let expect of a test: the profile that bets are planned for, and the expected power. */
export interface Outlooked extends Profile {
  power: number;
}

/** The accepted answers of a plan as scored answers: one value per case, and the question that it belongs to. */
export function scoredBy({ group, weight }: CaseTable, { accepted, y }: Outcome): Scored {
  return { probability: Float64Array.from(accepted), label: y, weight, group };
}

/**
 * The power is averaged over what is uncertain about the error rate, because the best of hundreds of candidates looks
 * better than it is. The outlook of a plan; null if nothing was accepted or it has no chance. With recorded chances of buying, a question
 * may weigh at most `cap`, the most that the recorded chances allow: then no weight is ever cut off.
 */
export function outlookOf(
  fit: CaseTable,
  outcome: Outcome,
  { alpha, delta, groups, cap }: { alpha: number; delta: number; groups: number; cap: number | null },
): Outlooked | null {
  const seen = sights(scoredBy(fit, outcome), ACCEPTED);
  if (seen.length === 0) return null;
  const outlooks = outlooksOf(seen[seen.length - 1], alpha);
  const allowed = cap === null ? outlooks : [capped(outlooks[0], cap)];
  const powers = allowed.map((outlook) => ({ ...outlook, power: expectedPower(outlook, groups, alpha, delta) }));
  return powers.reduce((best, each) => (each.power > best.power + MORE ? each : best));
}

/** The same in units of a larger cap. */
function capped(outlook: Outlook, cap: number): Outlook {
  const scale = outlook.cap / cap;
  return { ...outlook, cap, mass: outlook.mass * scale, variance: outlook.variance * scale ** 2 };
}
