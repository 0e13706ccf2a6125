import { plural } from '../support/words/plural.js';
import { fixed } from './numbers.js';

/** The limit of a claim: what heavy questions count as, in units of an answer of average weight. Empty if none is cut. */
export function cappedWords({ capped = 0, cap }: { capped?: number; cap?: number | null }): string[] {
  if (capped === 0 || cap == null) return [];
  return [
    `In the promise, no question counts as more than ${fixed(cap, 1)} answers; ` +
      `${plural(capped, 'accepted question')} ${capped === 1 ? 'has' : 'have'} more.`,
  ];
}
