import type { Random } from '../../../support/random.js';
import type { Candidate } from '../../../train/best-of/askings/candidate.js';
import type { View } from '../../../train/best-of/askings/view.js';
import { type Field, fieldOf } from '../../../train/best-of/field.js';
import { FIRST } from '../../../train/best-of/policies.js';
import type { Policy } from '../../../train/best-of/policy.js';

const COUNTS = [1, 2, 4];
/** Distinct wrong answers of a question, besides the right one. */
const WRONG = 4;

/** One asking: the views by number of answers, and which meaning each candidate has in truth (0: the right answer). */
interface Simulated {
  views: View[];
}

/**
 * Askings whose truth is known: a question is easy or hard, answers are drawn from its own distribution, in which one
 * wrong answer is popular, and a bundle's probability is noise around the truth.
 */
function simulated(draw: Random): Simulated {
  const easy = draw.next();
  const popular = draw.next() * (1 - easy);
  const answers = Array.from({ length: COUNTS[COUNTS.length - 1] }, () => {
    const u = draw.next();
    const answer = u < easy ? 0 : u < easy + popular ? 1 : 2 + draw.int(WRONG - 1);
    const signal = (answer === 0 ? 1 : -1) + 2 * (easy - 0.5) + 1.2 * draw.normal();
    return { answer, probability: 1 / (1 + Math.exp(-signal)) };
  });
  const candidates = answers.map(({ answer }) => ({ rule: answer === 0 ? 1 : 0, tokens: Number.NaN }) as Candidate);
  return {
    views: COUNTS.map((count) => {
      const numbers = new Map<number, number>();
      const meaning = Int32Array.from(answers.slice(0, count), ({ answer }) => {
        if (!numbers.has(answer)) numbers.set(answer, numbers.size);
        return numbers.get(answer) as number;
      });
      return {
        candidates: candidates.slice(0, count),
        meaning,
        meanings: numbers.size,
        probability: Float64Array.from(answers.slice(0, count), ({ probability }) => probability),
        cost: { prompt: 20 * count, completion: 5 * count },
      };
    }),
  };
}

/** All policies on `n` askings, two to a question if `wordings` is 2. */
export function populationOf(n: number, draw: Random, wordings = 1) {
  const askings = Array.from({ length: n }, () => simulated(draw));
  const fields = COUNTS.map((_, k) =>
    fieldOf(
      askings.map(({ views }) => views[k]),
      ({ rule }) => rule,
    ),
  );
  const policies = new Map<Policy, Field>([[FIRST, fields[0]]]);
  COUNTS.forEach((of, k) => {
    if (of === 1) return;
    for (const method of ['weighted', 'best', 'joint'] as const) policies.set({ method, of }, fields[k]);
    if (of > 2) policies.set({ method: 'vote', of }, fields[k]);
  });
  const group = Int32Array.from({ length: n }, (_, i) => Math.floor(i / wordings));
  return { policies, group, rows: Int32Array.from({ length: n }, (_, i) => i) };
}
