import type { Scored } from '../../metrics/scored.js';
import { outlooksOf, type Profile, sights } from '../../train/certify/outlook.js';
import { predictedPower } from '../../train/certify/power.js';
import { candidatesFrom } from '../../train/certify/threshold-candidates.js';
import type { Outcome } from '../choose/outcome.js';
import type { CaseTable } from '../table.js';

/** Accepted cases have this probability or more; the others have 0. */
export const ACCEPTED = 0.5;

/** What the fit cases let expect of a test: the profile that bets are planned for, and the predicted power. */
export interface Outlooked extends Profile {
  power: number;
}

/** The accepted answers of a plan as scored answers: one value per case, and the question that it belongs to. */
export function scoredBy({ group, weight }: CaseTable, { accepted, y }: Outcome): Scored {
  return { probability: Float64Array.from(accepted), label: y, weight, group };
}

/**
 * The outlook of a plan; null if nothing was accepted or it has no chance. With recorded chances of buying, a question
 * may weigh at most `cap`, the most that the recorded chances allow: then no weight is ever cut off.
 */
export function outlookOf(
  fit: CaseTable,
  outcome: Outcome,
  { alpha, delta, groups, cap }: { alpha: number; delta: number; groups: number; cap: number | null },
): Outlooked | null {
  const seen = sights(scoredBy(fit, outcome), ACCEPTED);
  if (seen.length === 0) return null;
  if (cap === null) {
    const [best] = candidatesFrom(seen, { alpha, delta, groups });
    return best === undefined ? null : best;
  }
  const [free] = outlooksOf(seen[seen.length - 1], alpha);
  const scale = free.cap / cap;
  const wide = { ...free, cap, mass: free.mass * scale, variance: free.variance * scale ** 2 };
  return { ...wide, power: predictedPower(wide, groups, alpha, delta) };
}
