import { maxOf } from '../../support/extremes.js';
import { gradable, type Labeller } from './labeller.js';
import { normalise } from './normalise.js';
import type { Haystack } from './text/whole-words.js';
import { wordsAround, wordsOf } from './text/words.js';

/**
 * Token F1 = 2PR/(P+R) over the bags of normalised words of answer and reference; the best over all references. A soft
 * label in [0, 1]. In scripts without spaces, words are found with a dictionary. Source: Rajpurkar et al. 2016,
 * evaluate-v1.1.py, f1_score.
 */
export const tokenF1: Labeller = {
  name: 'tokenF1',
  aliases: ['f1'],
  does: 'how many words answer and reference share (F1); a soft label, or a hard one with --threshold',
  soft: true,
  of: (record) => {
    const given = gradable(record);
    if (given === null) return null;
    const answer: Haystack = { text: normalise(given.answer) };
    const words = wordsOf(answer.text);
    const of = (reference: string) => f1(wordsAround(answer, words, reference), wordsOf(reference));
    return maxOf(given.references.map((reference) => of(normalise(reference))));
  },
};

function f1(answer: string[], reference: string[]): number {
  if (answer.length === 0 || reference.length === 0) return 0;
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
