import { type Labeller, referencesOf } from './labeller.js';
import { normalise } from './normalise.js';

/**
 * Token F1 = 2PR/(P+R) over the bags of normalised words of answer and reference, the best over the references: a soft
 * label in [0, 1]. Source: Rajpurkar et al. 2016, evaluate-v1.1.py, f1_score.
 */
export const tokenF1: Labeller = {
  name: 'tokenF1',
  aliases: ['f1'],
  does: 'share of words that answer and reference have in common (F1); soft, or with --threshold',
  soft: true,
  of: (record) => {
    const references = referencesOf(record);
    if (references === null) return null;
    const answer = normalise(record.answer).split(' ');
    return Math.max(...references.map((reference) => f1(answer, normalise(reference).split(' '))));
  },
};

function f1(answer: string[], reference: string[]): number {
  if (answer.join('') === '' || reference.join('') === '') return 0;
  const left = new Map<string, number>();
  for (const word of reference) left.set(word, (left.get(word) ?? 0) + 1);
  let common = 0;
  for (const word of answer) {
    const n = left.get(word) ?? 0;
    if (n === 0) continue;
    left.set(word, n - 1);
    common++;
  }
  return (2 * common) / (answer.length + reference.length);
}
