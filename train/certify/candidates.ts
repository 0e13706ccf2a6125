import { descending, tieEnds } from '../../metrics/order.js';
import { type Scored, tableOf } from '../../metrics/scored.js';
import { type Outlook, outlookOf } from './outlook.js';
import { predictedPower } from './power.js';

/** A threshold to be tested, with what out-of-fold answers say of it. */
export interface Candidate extends Outlook {
  /** Predicted chance of being certified. */
  power: number;
}

/** Coverages that candidates stand at: every 40th of the answers. */
const STEPS = 40;
/** Predicted powers this near to the best one count as the best. */
const NEAR = 0.01;

/**
 * The thresholds to test, in order, from out-of-fold answers alone: begins where the predicted power on `groups` questions is
 * highest (the loosest of those near it; stricter ones hold too few answers, and are not needed once it has passed), then
 * goes looser step by step to accepting everything. Empty where nothing could pass. O(STEPS · rows).
 */
export function thresholdCandidates(
  outOfFold: Scored,
  { alpha, delta, groups }: { alpha: number; delta: number; groups: number },
): Candidate[] {
  const candidates = outlooks(outOfFold, alpha).map((outlook) => ({
    ...outlook,
    power: predictedPower(outlook, groups, alpha, delta),
  }));
  const best = candidates.reduce((most, { power }) => Math.max(most, power), 0);
  if (best === 0) return [];
  return candidates.slice(candidates.findLastIndex(({ power }) => power >= best - NEAR));
}

/** Outlooks of the thresholds on the grid, strict to loose; each lies halfway to the next lower probability, the last at 0. */
export function outlooks(outOfFold: Scored, alpha: number): Outlook[] {
  const table = tableOf(outOfFold);
  const { probability, n } = table;
  const order = descending(probability);
  const found: Outlook[] = [];
  let step = 0;
  for (const end of tieEnds(probability, order)) {
    const here = Math.floor((STEPS * end) / n);
    if (here === step) continue;
    step = here;
    const threshold = end === n ? 0 : (probability[order[end - 1]] + probability[order[end]]) / 2;
    const outlook = outlookOf(table, threshold, alpha);
    if (outlook !== null) found.push(outlook);
  }
  return found;
}
