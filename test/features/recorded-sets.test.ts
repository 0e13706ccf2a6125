import { describe, expect, it } from 'vitest';
import type { AnswerRecord } from '../../data/record.js';
import { RecordedSets } from '../../features/recorded-sets.js';
import { makeView } from '../../features/view.js';

const view = makeView(0);
const held = (recordedSets: RecordedSets, more: Partial<AnswerRecord>) => {
  view.load({ answer: 'Oslo', ...more });
  return recordedSets.numberOf(view);
};

describe('RecordedSets', () => {
  it('numbers equal lists alike, from 0 as they are first met', () => {
    const recordedSets = new RecordedSets();
    const samples = [{ answer: 'Oslo' }, { answer: 'Rome', model: 'x' }, { answer: 'Oslo', model: 'x' }];
    const records: Partial<AnswerRecord>[] = [
      { prompt: 'Capital?', verifiers: { nli: 0.5 }, features: { age: 3, plan: 'pro' } },
      {},
      { prompt: 'Which?', verifiers: { nli: 1 }, features: { age: 0, plan: 'free' } },
      { prompt: 'Which?', verifiers: { age: 1 } },
      { prompt: 'Which?', features: { age: 1, plan: '' } },
      { prompt: ' ', features: { age: NaN } },
      { model: 'm', samples, stated: 0.9, context: ['', 'Norway'], facts: [] },
      { prompt: 'Which?', features: { age: 1 } },
      { prompt: 'Which?', features: { 'x.y': true }, verifiers: { 'x.y': null } },
    ];
    expect(records.map((record) => held(recordedSets, record))).toEqual([0, 1, 0, 2, 3, 1, 4, 3, 5]);
    expect(recordedSets.lists()).toEqual([
      ['prompt', 'features.age', 'features.plan', 'verifiers.nli'],
      [],
      ['prompt', 'verifiers.age'],
      ['prompt', 'features.age'],
      ['model', 'context', 'samples', 'others', 'stated', 'agreeWith.x'],
      ['prompt', 'features.x.y'],
    ]);
  });
});
