import { expect, it } from 'vitest';
import { type Random, random } from '../../../support/random.js';
import type { Candidate } from '../../../train/best-of/askings/candidate.js';
import type { View } from '../../../train/best-of/askings/view.js';
import { certifiedPolicy } from '../../../train/best-of/certified-policy.js';
import { type Field, fieldOf } from '../../../train/best-of/field.js';
import { populationOf } from './population.js';

it('fits each joint probability once: for three numbers of answers in five folds, and the frozen one', () => {
  const { policies, group, rows } = populationOf(300, random('once'));
  // a fit is what reads the truth of a field; quality does too, but is not asked for
  let fits = 0;
  const counting = (field: Field): Field => ({
    ...field,
    get truths() {
      fits++;
      return field.truths;
    },
  });
  const fields = new Map([...new Set(policies.values())].map((field) => [field, counting(field)]));
  const counted = new Map([...policies].map(([policy, field]) => [policy, fields.get(field)!]));
  const found = certifiedPolicy(counted, {
    ...{ group, rows, counted: 'all', targetError: 0.2, confidence: 0.95, certifyShare: 0.5, resamples: 1 },
    ...{ random: random('fits'), isBrief: true },
  })!;
  expect(fits).toBe(3 * 5 + 1);
  // each fit question is chosen for by a fit without it
  expect(new Set([...found.own.values()].map(({ joint }) => joint)).size).toBe(5);
  expect(found.own.size).toBe(150);
});

/**
 * Prompts with five answers and few different probabilities: all five agree (60%, of which 98% are right), or three do
 * (70% are right).
 */
function tied(n: number, draw: Random) {
  const views = Array.from({ length: n }, (): View => {
    const agree = draw.next() < 0.6;
    const rule = draw.next() < (agree ? 0.98 : 0.7) ? 1 : 0;
    const meaning = Int32Array.from(agree ? [0, 0, 0, 0, 0] : [0, 0, 0, 1, 1]);
    const candidates = Array.from(meaning, (m) => ({ rule: m === 0 ? rule : 0, tokens: Number.NaN }) as Candidate);
    const probability = new Float64Array(5).fill(Number.NaN);
    return { candidates, meaning, meanings: agree ? 1 : 2, probability, cost: { prompt: 9, completion: 9 } };
  });
  return fieldOf(views, ({ rule }) => rule);
}

it('certifies what a clear majority of tied answers allows, whatever the fits of the folds say', {
  timeout: 60_000,
}, () => {
  const n = 2000;
  const rows = Int32Array.from({ length: n }, (_, i) => i);
  const coverages = Array.from({ length: 20 }, (_, seed) => {
    const policies = new Map([[{ method: 'vote', of: 5 } as const, tied(n, random(`tied ${seed}`))]]);
    const how = { group: rows, rows, counted: 'all', targetError: 0.15, confidence: 0.95, certifyShare: 0.5 } as const;
    return certifiedPolicy(policies, { ...how, resamples: 1, random: random('tied'), isBrief: true })!.claim.coverage;
  });
  expect(coverages.filter((coverage) => coverage === 0)).toEqual([]);
});
