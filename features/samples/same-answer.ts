import type { Gist } from '../words/gist.js';
import { Question } from '../words/question-form.js';
import { type Crowd, Part, Tier } from './crowd.js';
import { commonTier, containment } from './overlap.js';

/** The texts to compare: their words, and the gist of each. */
interface Compared {
  readonly crowd: Crowd;
  readonly gists: readonly Gist[];
}

/**
 * How far two texts of a pool give the same answer, 0 to 1. The first criterion that applies decides: equal words; the
 * option's letter or the yes or no, where both have one; the number, where the question asks for one and both end with
 * the same; a refusal against an answer. Otherwise it is the share of the shorter text's significant words that the
 * other contains, so that a short answer and a full sentence are comparable.
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
