import { type Scored, tableOf } from '../../metrics/scored.js';
import type { Bought } from '../../report/results.js';
import type { Outlook } from './outlook.js';
import { expectedPower } from './power.js';
import { outlooks } from './threshold-candidates.js';

/** Labelled questions looked at, as multiples of those there are. */
const TIMES = [0.25, 0.5, 1, 2, 4, 8];
/** Chance from which a threshold counts as certified. */
const EVEN = 0.5;

interface BuyOf {
  alpha: number;
  delta: number;
  floor: number;
  /** Labelled questions of this kind, and the share of them that certifies. */
  labelled: number;
  share: number;
  /** Fewest accepted questions that a test is trusted on. */
  least?: number;
}

/**
 * Certified coverage against the number of labelled questions, for error rates as seen out of fold and what they leave open: an
 * estimate, which takes the predictor to stay as good as it is now.
 */
export function labelsBuy(outOfFold: Scored, { alpha, delta, floor, labelled, share, least = 0 }: BuyOf): Bought[] {
  if (tableOf(outOfFold).n === 0) return [];
  const seen: Outlook[] = outlooks(outOfFold, alpha, floor).filter(({ risk }) => risk < alpha);
  return TIMES.map((times) => {
    const questions = Math.round(times * labelled);
    const groups = questions * share;
    const passes = (outlook: Outlook) =>
      groups * outlook.groupShare >= least && expectedPower(outlook, groups, alpha, delta) >= EVEN;
    const coverage = seen.reduce((most, each) => (each.coverage > most && passes(each) ? each.coverage : most), 0);
    return { questions, times, coverage };
  });
}
