import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logit, sigmoid } from '../../../models/numbers.js';
import type { Policy } from '../../../scorer/policy/policy.js';
import { step } from '../../../scorer/policy/step.js';

const policy: Pick<Policy, 'plan' | 'lines'> = {
  plan: {
    order: ['samples', 'large'],
    cuts: [
      [
        { from: 0, do: 'stop' },
        { from: 0.3, do: 'buy' },
        { from: 0.9, do: 'accept' },
      ],
      [{ from: 0, do: 'buy' }],
      [
        { from: 0, do: 'stop' },
        { from: 0.8, do: 'accept' },
      ],
    ],
  },
  lines: [
    { a: 1, b: 0 },
    { a: 1, b: 0 },
    { a: 0.5, b: 1 },
  ],
};

describe('a step of a policy', () => {
  it('accepts, buys or stops by the cut-off that the probability reaches', () => {
    const first = (p: number) => step(policy, { bought: [], probabilities: [p] });
    expect(first(0.95)).toMatchObject({ do: 'accept', stage: null, returns: 0 });
    expect(first(0.9 + 1e-9).do).toBe('accept');
    expect(first(0.89)).toMatchObject({ do: 'buy', stage: 'samples' });
    expect(first(0.3 + 1e-9).do).toBe('buy');
    expect(first(0.29)).toMatchObject({ do: 'stop', stage: null });
  });

  it('buys the next stage of its order', () => {
    expect(step(policy, { bought: ['samples'], probabilities: [0.99] })).toMatchObject({ do: 'buy', stage: 'large' });
  });

  it('returns the best answer, calibrated by the line of its state', () => {
    const done = step(policy, { bought: ['samples', 'large'], probabilities: [0.6, 0.9] });
    expect(done).toMatchObject({ do: 'accept', returns: 1 });
    expect(done.probability).toBeCloseTo(sigmoid(0.5 * logit(0.9) + 1), 12);
    expect(step(policy, { bought: ['samples', 'large'], probabilities: [0.9, 0.9] }).returns).toBe(0);
  });

  it('never accepts an answer that cannot be accepted: it counts as probability 0', () => {
    expect(step(policy, { bought: [], probabilities: [NaN] })).toMatchObject({ do: 'stop', returns: -1 });
    const all = { ...policy, plan: { order: [], cuts: [[{ from: 0, do: 'accept' as const }]] } };
    expect(step(all, { bought: [], probabilities: [NaN] }).do).toBe('stop');
    expect(step(policy, { bought: ['samples', 'large'], probabilities: [NaN, 0.99] })).toMatchObject({
      returns: 1,
      do: 'accept',
    });
  });

  it('always does one thing: the same state gives the same step, and accepts only from a cut-off on', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1, 2), (p, k) => {
        const state = { bought: policy.plan.order.slice(0, k), probabilities: [p] };
        const done = step(policy, state);
        expect(step(policy, state)).toEqual(done);
        const cuts = policy.plan.cuts[k].filter(({ from }) => from <= done.probability);
        expect(done.do).toBe(cuts[cuts.length - 1].do);
        expect(done.stage === null).toBe(done.do !== 'buy');
      }),
    );
  });
});
