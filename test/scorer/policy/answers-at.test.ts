import { describe, expect, it } from 'vitest';
import type { AnswerRecord } from '../../../data/record.js';
import { answersAt } from '../../../scorer/policy/answers-at.js';
import { casesOf, isRecorded } from '../../../scorer/policy/case.js';
import { parsePrices } from '../../../scorer/policy/prices.js';

const prices = parsePrices({
  first: { model: 'small' },
  stages: [
    { name: 'logprobs', price: { money: 1 } },
    { name: 'two', fields: ['samples'], k: 2 },
    { name: 'nli', fields: ['verifiers.nli'] },
    { name: 'large', model: 'large', fields: ['tokens'] },
  ],
  wrong: 10,
  abstain: 1,
});

const first: AnswerRecord = {
  id: 'q1/small',
  model: 'small',
  prompt: 'Which city?',
  answer: 'Canberra',
  selected: true,
  tokens: [{ token: 'Can', logprob: -0.1 }],
  samples: [
    { answer: 'Canberra', temperature: 0.8 },
    { answer: 'Sydney', temperature: 0.8 },
    { answer: 'Perth', temperature: 0.8 },
    { answer: 'Sydney!', model: 'large' },
    { answer: 'Canberra', model: 'free peer' },
  ],
  verifiers: { nli: 0.4, free: 0.3 },
  similarities: { mini: { question: 0.5, texts: [[1]] } },
};
const large: AnswerRecord = {
  ...{ id: 'q1/large', model: 'large', prompt: 'Which city?', answer: 'Sydney!' },
  ...{ tokens: [{ token: 'Syd', logprob: -0.2 }], verifiers: { nli: 0.9 } },
};

const [only] = casesOf([first, large], ['q1', 'q1'], prices).cases;
const at = (...bought: string[]) => answersAt(only, new Set(bought), prices);

describe('the answers that could be returned at a state', () => {
  it('begin with the first answer, without anything that has a price', () => {
    const [record, ...more] = at();
    expect(more).toEqual([]);
    expect(record).toMatchObject({ id: 'q1/small', answer: 'Canberra', verifiers: { free: 0.3 } });
    expect(record.tokens).toBeUndefined();
    expect(record.selected).toBeUndefined();
    // what other models say for nothing stays; the model that is sold does not
    expect(record.samples).toEqual([{ answer: 'Canberra', model: 'free peer' }]);
    expect(record.similarities).toEqual({ mini: { question: 0.5, texts: null } });
  });

  it('show only what was bought', () => {
    expect(at('logprobs')[0].tokens).toEqual(first.tokens);
    expect(at('logprobs')[0].verifiers).toEqual({ free: 0.3 });
    expect(at('nli')[0].verifiers).toEqual({ nli: 0.4, free: 0.3 });
    expect(at('two')[0].samples?.map(({ answer }) => answer)).toEqual(['Canberra', 'Sydney', 'Canberra']);
  });

  it('hold another model from the stage that buys it on, each answer as a sample of the other', () => {
    const [one, two] = at('large');
    expect(one.samples).toEqual([
      { answer: 'Canberra', model: 'free peer' },
      { answer: 'Sydney!', model: 'large' },
    ]);
    expect(two).toMatchObject({ id: 'q1/large', tokens: large.tokens });
    expect(two.verifiers).toEqual({});
    expect(two.samples).toEqual([{ answer: 'Canberra', model: 'small' }]);
  });

  it('leave the record as it was', () => {
    expect(first.tokens).toHaveLength(1);
    expect(first.samples).toHaveLength(5);
    expect(first.verifiers).toEqual({ nli: 0.4, free: 0.3 });
  });
});

describe('the cases of a log', () => {
  it('tell which stages are recorded', () => {
    const names = prices.stages.filter((stage) => isRecorded(only, stage)).map(({ name }) => name);
    expect(names).toEqual(['logprobs', 'two', 'nli', 'large']);
    const bare = {
      ...only,
      first: { ...first, samples: first.samples!.slice(0, 1), verifiers: {} },
      others: new Map(),
    };
    expect(prices.stages.filter((stage) => isRecorded(bare, stage)).map(({ name }) => name)).toEqual(['logprobs']);
  });

  it('join the answers of other models by wording, and leave out models that no stage names', () => {
    const reworded = { ...first, id: 'q1/small/b', prompt: 'What city?' };
    const other = { ...large, id: 'q1/large/b', prompt: 'What city?', answer: 'Perth' };
    const stray = { ...first, id: 'q1/medium', model: 'medium' };
    const { cases, unused } = casesOf([first, reworded, large, other, stray], Array(5).fill('q1'), prices);
    expect(cases.map((each) => [each.first.id, each.others.get('large')?.id])).toEqual([
      ['q1/small', 'q1/large'],
      ['q1/small/b', 'q1/large/b'],
    ]);
    expect(unused).toBe(1);
  });
});
