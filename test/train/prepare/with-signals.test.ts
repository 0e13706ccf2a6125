import { expect, it } from 'vitest';
import type { SignalSchema } from '../../../features/schema.js';
import { planRaw } from '../../../models/raw/plan.js';
import { madeAnswers } from '../../support/answers.js';
import { trainOn } from '../../support/trained.js';

it('trains on numbers alone: what the raw graph is given is what users have', async () => {
  const { manifest } = await trainOn(madeAnswers(120), { signals: 'numbers', learners: ['logistic'], patterns: [] });
  const schema = manifest.signals as SignalSchema;
  const { numeric, categorical, words } = schema;
  expect(numeric).toContain('tokens.meanEntropy@2');
  expect(
    numeric.filter((name) => /^(text|samples|others)\./.test(name) || /key|fresh|onset|decisive/i.test(name)),
  ).toEqual([]);
  expect(categorical.map(({ name }) => name)).toEqual(['model', 'task', 'features.plan']);
  expect(words).toBeUndefined();
  const { numbers, reads } = planRaw(schema);
  expect(numbers).toEqual(['features.hints@1']);
  expect(reads).toEqual({ logprobs: true, top: true, marks: [], choices: false });
});
