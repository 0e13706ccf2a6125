import { describe, expect, it } from 'vitest';
import { parsePrices, stopOf, worth } from '../../../scorer/policy/prices.js';

const good = { stages: [{ name: 'samples', price: { money: 2, tokens: 100 } }], wrong: 10, abstain: 1 };

describe('a file of prices', () => {
  it('takes usual fields by the name of a stage, and prices as zero where none are given', () => {
    const prices = parsePrices({
      ...good,
      stages: [{ name: 'logprobs' }, { name: 'verifier' }, { name: 'samples', k: 3 }],
    });
    expect(prices.stages.map(({ fields }) => fields)).toEqual([['tokens', 'choices'], ['verifiers'], ['samples']]);
    expect(prices.stages[0].price).toEqual({ money: 0, tokens: 0, milliseconds: 0 });
    expect(prices.first).toEqual({ price: { money: 0, tokens: 0, milliseconds: 0 } });
  });

  it('counts tokens and milliseconds as money at their own prices', () => {
    const prices = parsePrices({ ...good, perToken: 0.01, perMillisecond: 0.001 });
    expect(worth({ money: 2, tokens: 100, milliseconds: 500 }, prices)).toBeCloseTo(3.5, 12);
  });

  it('takes the cheaper of abstention and person', () => {
    expect(stopOf({ abstain: 1, person: 2 })).toEqual({ decision: 'abstain', money: 1 });
    expect(stopOf({ abstain: 3, person: 2 })).toEqual({ decision: 'escalate', money: 2 });
  });

  it.each([
    ['a stage that buys nothing', { ...good, stages: [{ name: 'magic' }] }, 'stages.0'],
    ['two stages of one name', { ...good, stages: [{ name: 'samples' }, { name: 'samples' }] }, 'stages.1.name'],
    ['k without samples', { ...good, stages: [{ name: 'stated', k: 2 }] }, 'stages.0.k'],
    [
      'the first model as a stage',
      { ...good, first: { model: 'm' }, stages: [{ name: 'm', model: 'm' }] },
      'stages.0.model',
    ],
    ['an unknown stage in an order', { ...good, orders: [['judge']] }, 'orders.0.0'],
    ['no price of a stop', { ...good, abstain: undefined }, 'abstain'],
    ['a wrong answer that costs no more than none', { ...good, wrong: 1 }, 'wrong'],
    ['a price below zero', { ...good, stages: [{ name: 'samples', price: { money: -1 } }] }, 'stages.0.price.money'],
    ['a field that is no signal', { ...good, stages: [{ name: 'x', fields: ['labels'] }] }, 'stages.0.fields.0'],
  ])('refuses %s', (_, raw, field) => {
    expect(() => parsePrices(raw)).toThrow(
      expect.objectContaining({ code: 'BAD_USAGE', detail: expect.objectContaining({ field }) }),
    );
  });
});
