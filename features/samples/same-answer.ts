import type { Gist } from '../words/gist.js';
import { Question } from '../words/question-form.js';
import { type Crowd, Part, Tier } from './crowd.js';
import { commonTier, containment } from './overlap.js';

/** Texts that are compared: their words against each other, and what each comes down to. */
interface Compared {
  readonly crowd: Crowd;
  readonly gists: readonly Gist[];
}

/**
 * How far two texts of a pool give the same answer, 0 to 1. Told, in this order, by: equal words; the option's letter, yes
 * or no, where both have one; the number, where one is asked for and both end on it; a refusal against an answer; else the
 * share of the shorter text's telling words that the other holds, so that short and full-sentence answers compare alike.
 */
export function sameAnswer(
  { crowd, gists }: Compared,
  i: number,
  j: number,
  question: Question,
  part: number = Part.WHOLE,
): number {
  const a = gists[i];
  const b = gists[j];
  if (a.exact === b.exact) return 1;
  if (a.option >= 0 && b.option >= 0) return a.option === b.option ? 1 : 0;
  if (a.polarity >= 0 && b.polarity >= 0) return a.polarity === b.polarity ? 1 : 0;
  if (question === Question.NUMBER && a.number !== 0 && a.number === b.number) return 1;
  if (a.refuses !== b.refuses && crowd.size(a.refuses ? i : j, Tier.NAME) === 0) return 0;
  const fresh = crowd.size(i, Tier.FRESH) > 0 || crowd.size(j, Tier.FRESH) > 0;
  const tier = fresh ? Tier.FRESH : commonTier(crowd, i, j);
  if (tier < 0) return 0;
  const words = containment(crowd, i, j, tier, part);
  return crowd.size(i, Tier.NAME) > 0 && crowd.size(j, Tier.NAME) > 0
    ? 0.5 * (words + containment(crowd, i, j, Tier.NAME, part))
    : words;
}
