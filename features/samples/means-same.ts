import type { Gist } from '../words/gist.js';
import { Question } from '../words/question-form.js';
import { type Crowd, Tier } from './crowd.js';
import type { SaidBy } from './said.js';

/** The texts to compare. `same` is defined in same-answer.ts. */
interface Compared {
  readonly crowd: Crowd;
  readonly loose: Crowd;
  readonly gists: readonly Gist[];
  readonly said: SaidBy;
  same(i: number, j: number): number;
}

/**
 * How alike two texts are in meaning, 0 to 1, as far as words show it: how far they give the same answer, but 0 where
 * one denies what the other says or where each has a number that the other lacks, and 1 where one is the initials of the
 * other's names. A text that leaves open which of
 * several things it means is compared as a whole: by the share of all fresh words that both have, so that "Paris, London
 * or Rome" is not "Paris". From 2/3 on (clusters.ts) they mean the same.
 */
export function meansSame(texts: Compared, question: Question, i: number, j: number): number {
  const { said } = texts;
  const same = texts.same(i, j);
  if (same === 0) return said.isAlias(i, j) ? 1 : 0;
  if (!said.isMarked(i) && !said.isMarked(j)) return same;
  const { gists, crowd } = texts;
  const a = gists[i];
  const b = gists[j];
  if (a.exact === b.exact) return same;
  const isForm = (a.option >= 0 && b.option >= 0) || (a.polarity >= 0 && b.polarity >= 0);
  if (isForm) return same;
  if (said.areOpposed(i, j, texts.loose)) return 0;
  if (question === Question.NUMBER && a.number !== 0 && a.number === b.number) return same;
  if (said.differInNumbers(i, j)) return 0;
  if (!said.isOpen(i) && !said.isOpen(j)) return same;
  const shared = crowd.shared(i, j, Tier.FRESH);
  const all = crowd.size(i, Tier.FRESH) + crowd.size(j, Tier.FRESH) - shared;
  return all === 0 ? same : Math.min(same, shared / all);
}
