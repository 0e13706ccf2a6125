import type { Scored } from '../../metrics/scored.js';
import { type Outlook, outlooksOf, type Sight, sights } from './outlook.js';
import { predictedPower } from './power.js';

/** A threshold to test, with its outlook from the out-of-fold answers. */
export interface ThresholdCandidate extends Outlook {
  /** Predicted chance to be certified. */
  power: number;
}

/** A lower cap is used only if it adds this much predicted power. */
const MORE = 0.02;
/** A predicted power of at least this share of the best one counts as best. */
const NEAR = 0.99;

/**
 * The thresholds to test, in order, from out-of-fold answers alone. The first is the one with the highest predicted
 * power on `groups` questions (the loosest of those near it). Stricter ones accept too few answers, and are not needed
 * once it has passed. The next ones are looser, step by step, until everything is accepted. Each has the cap with the
 * highest power. Empty if nothing could pass.
 */
export function thresholdCandidates(outOfFold: Scored, plan: CandidatePlan): ThresholdCandidate[] {
  return candidatesFrom(sights(outOfFold, plan.floor), plan);
}

export interface CandidatePlan {
  alpha: number;
  delta: number;
  /** Number of certify questions. */
  groups: number;
  /** The lowest allowed threshold, from which accepting pays; default 0. */
  floor?: number;
}

/** The same from sights, for callers that need several α for the same answers. */
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

/** The outlooks of each threshold on the grid, from strict to loose down to `floor`, and of each cap. */
export function outlooks(outOfFold: Scored, alpha: number, floor = 0): Outlook[] {
  return sights(outOfFold, floor).flatMap((sight) => outlooksOf(sight, alpha));
}
