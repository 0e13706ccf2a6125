import type { Scored } from '../../metrics/scored.js';
import { type Outlook, outlooksOf, type Sight, sights } from './outlook.js';
import { predictedPower } from './power.js';

/** A threshold to be tested, with what out-of-fold answers say of it. */
export interface ThresholdCandidate extends Outlook {
  /** Predicted chance of being certified. */
  power: number;
}

/** A lower cap must add this much predicted power. */
const MORE = 0.02;
/** Predicted powers from this share of the best one up count as the best. */
const NEAR = 0.99;

/**
 * The thresholds to test, in order, from out-of-fold answers alone: begins where the predicted power on `groups` questions is
 * highest (the loosest of those near it; stricter ones hold too few answers, and are not needed once it has passed), then
 * goes looser step by step to accepting everything. Each takes the cap with the highest power. Empty where nothing could pass.
 */
export function thresholdCandidates(outOfFold: Scored, plan: CandidatePlan): ThresholdCandidate[] {
  return candidatesFrom(sights(outOfFold, plan.floor), plan);
}

export interface CandidatePlan {
  alpha: number;
  delta: number;
  /** Questions there are to certify on. */
  groups: number;
  /** No threshold below it: from it up accepting is worth while; 0 where absent. */
  floor?: number;
}

/** The same from sights, where several α are wanted of the same answers. */
export function candidatesFrom(
  outOfFold: readonly Sight[],
  { alpha, delta, groups }: CandidatePlan,
): ThresholdCandidate[] {
  const candidates = outOfFold.map((sight) => bestCap(outlooksOf(sight, alpha), { alpha, delta, groups }));
  const best = candidates.reduce((most, { power }) => Math.max(most, power), 0);
  if (best === 0) return [];
  return candidates.slice(candidates.findLastIndex(({ power }) => power >= NEAR * best));
}

function bestCap(outlooks: readonly Outlook[], { alpha, delta, groups }: CandidatePlan): ThresholdCandidate {
  let best: ThresholdCandidate | null = null;
  for (const outlook of outlooks) {
    if (best !== null && best.power + MORE >= 1) break;
    const power = predictedPower(outlook, groups, alpha, delta);
    if (best === null || power > best.power + MORE) best = { ...outlook, power };
  }
  return best as ThresholdCandidate;
}

/** What out-of-fold answers say of each threshold on the grid, strict to loose down to `floor`, and each cap. */
export function outlooks(outOfFold: Scored, alpha: number, floor = 0): Outlook[] {
  return sights(outOfFold, floor).flatMap((sight) => outlooksOf(sight, alpha));
}
