import { expect, it } from 'vitest';
import type { AskRun } from '../../../data/ask/ask-run.js';
import { askedBy } from '../../../data/ask/ask-work.js';
import { askSchema, waySchema } from '../../../data/ask/options.js';

const asked = (ask: object, way: object = {}) =>
  JSON.parse(JSON.stringify(askedBy('enrich', { ask: askSchema.parse(ask), way: waySchema.parse(way) } as AskRun)));

it('writes what earlier versions wrote into the journal, where nothing newer is asked', () => {
  const before = {
    vouch: 'enrich',
    model: 'm',
    topLogprobs: 10,
    maxTokens: 256,
    stop: [],
    samples: 0,
    sampleTemperature: 0.8,
    sampleAlternatives: false,
    stated: false,
    ptrue: true,
    judgeAs: 'verifier',
    seed: 1,
    contextTemplate: 'Context:\n{context}\n\n{prompt}',
  };
  expect(asked({ model: 'm', ptrue: true })).toEqual(before);
  expect(asked({ model: 'm', ptrue: true, judge: 'j' })).toEqual({ ...before, judge: 'j' });
  const panel = asked({ model: 'm', ptrue: true, judge: ['j', 'k'], judgeRepeats: 2 }, { verifiers: 'v=http://h' });
  expect(panel).toEqual({ ...before, judge: ['j', 'k'], judgeRepeats: 2, verifiers: ['v'] });
});
