import { expect, it } from 'vitest';
import { random } from '../../../support/random.js';
import { certifiedPolicy } from '../../../train/best-of/certified-policy.js';
import type { Field } from '../../../train/best-of/field.js';
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
