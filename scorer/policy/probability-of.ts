import type { NoDecision } from '../decide.js';
import type { Score } from '../scorer.js';

/** Reasons of the bundle for which an answer cannot be accepted under a policy either. */
const BARS: ReadonlySet<NoDecision | null> = new Set<NoDecision>([
  'no answer',
  'no probability',
  'missing field',
  'unseen task',
  'unseen model',
  'shifted',
]);

/** Whether the bundle cannot judge this answer. Its claims play no part: the policy has its own. */
function isBarred({ why }: Pick<Score, 'why'>): boolean {
  return BARS.has(why);
}

/** The probability as a policy counts it: NaN for an answer that it may not accept. */
export function probabilityOf(score: Pick<Score, 'why' | 'probability'>): number {
  return score.probability === null || isBarred(score) ? Number.NaN : score.probability;
}
