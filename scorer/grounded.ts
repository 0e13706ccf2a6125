import { fitsPassages } from '../data/check-meaning.js';
import type { AnswerRecord, Entailment } from '../data/record.js';

/** Whether the passages of the context support an answer, and the passage that says so, counted from 0. */
export interface Grounds {
  grounded: boolean;
  groundedBy: { passage: number; entails?: number; contradicts?: number };
}

/** From this probability on, strictly, a passage counts as supporting or contradicting an answer. */
const MOST_LIKELY = 0.5;

/**
 * Whether an answer is grounded in its passages, over all entailment models that were recorded. Let e be the largest
 * probability that a passage entails the answer, and c the largest that one contradicts it, among passages that
 * contradict it rather than entail it. False where c > .5 and c ≥ e; true where e > .5 otherwise; undefined where no
 * passage says either. Each e and c is one passage's own, as in SummaC-ZS (Laban et al. 2022, section 3: the maximum
 * over the parts of a document). Probabilities whose number is not that of the record's passages do not count. Cost: the
 * number of passages times that of models.
 */
export function groundsOf(
  entailments: Record<string, Entailment | null | undefined>,
  record: Pick<AnswerRecord, 'context'> = {},
): Grounds | undefined {
  let most = MOST_LIKELY;
  let against = MOST_LIKELY;
  let supporting = -1;
  let contradicting = -1;
  for (const name in entailments) {
    const passages = entailments[name]?.passages;
    const entails = fitsPassages(passages?.entails, record) ? passages.entails : [];
    const contradicts = fitsPassages(passages?.contradicts, record) ? passages.contradicts : [];
    for (let i = 0; i < Math.max(entails.length, contradicts.length); i++) {
      const e = entails[i] ?? 0;
      const c = contradicts[i] ?? 0;
      if (e > most) {
        most = e;
        supporting = i;
      }
      if (c > against && c > e) {
        against = c;
        contradicting = i;
      }
    }
  }
  if (contradicting >= 0 && against >= most) {
    return { grounded: false, groundedBy: { passage: contradicting, contradicts: against } };
  }
  if (supporting < 0) return undefined;
  return { grounded: true, groundedBy: { passage: supporting, entails: most } };
}
