import { planEntailments } from '../../data/entailment/plan.js';
import { promptOf } from '../../data/group.js';
import { isAnswer, type Logged } from '../../data/token-list.js';
import { rounded } from '../rounded.js';
import type { Nli } from './open-nli.js';

/**
 * The field that an entailment model adds to a record: `entailments.NAME`. What the record already has under that
 * name is kept and not computed. Numbers are rounded to six decimals, as those of encoders. Undefined if nothing is
 * missing, or if there is no answer.
 */
export async function entailedFields(nli: Nli, record: Logged): Promise<Pick<Logged, 'entailments'> | undefined> {
  if (!isAnswer(record)) return undefined;
  const { name } = nli.fact;
  const plan = planEntailments(record, record.entailments?.[name]);
  if (!plan.isNeeded) return undefined;
  const question = promptOf(record);
  const verdicts = await Promise.all(
    plan.pairs.map(async (pair) => {
      const { entails, contradicts } = await nli.entails(question, pair);
      return { entails: rounded(entails), contradicts: rounded(contradicts) };
    }),
  );
  return { entailments: { ...record.entailments, [name]: plan.filled(verdicts) } };
}
