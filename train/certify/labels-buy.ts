import { type Scored, tableOf } from '../../metrics/scored.js';
import type { Bought } from '../../report/results.js';
import type { Outlook } from './outlook.js';
import { expectedPower } from './power.js';
import { outlooks } from './threshold-candidates.js';

/** Numbers of labelled questions to evaluate, as multiples of the present number. */
const TIMES = [0.25, 0.5, 1, 2, 4, 8];
/** A threshold counts as certified if its chance to pass is at least this. */
const EVEN = 0.5;

interface BuyOf {
  alpha: number;
  delta: number;
  floor: number;
  /** Number of labelled questions, and the share of them that certifies. */
  labelled: number;
  share: number;
  /** The test is used only with at least this many accepted questions. */
  least?: number;
}

/**
 * Certified coverage by number of labelled questions. It is an estimate from out-of-fold error rates and their
 * uncertainty, and it assumes that the predictor does not improve.
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
