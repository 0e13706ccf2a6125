import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Action, type Costs, costOf, costsSchema, cutsOf } from '../../models/costs.js';
import { costsOf } from '../../scripts/flags/costs.js';
import { parseOptions } from '../../train/options.js';

const table = (costs: Partial<Costs>): Costs => costsSchema.parse(costs);

describe('cut points by hand', () => {
  it('two actions: accept from 1 − abstain / wrong', () => {
    expect(cutsOf(table({ wrong: 10, abstain: 1 }))).toEqual({ accept: 0.9, escalate: null });
  });

  it('escalating that never pays is as if it did not exist', () => {
    expect(cutsOf(table({ wrong: 10, abstain: 1, escalate: 3 }))).toEqual({ accept: 0.9, escalate: null });
  });

  it('escalating that always comes back right and costs less: never abstain', () => {
    expect(cutsOf(table({ wrong: 10, abstain: 3, escalate: 1 }))).toEqual({ accept: 0.9, escalate: 0 });
  });

  it('three ways: wrong 10, abstain 3, escalate 1, half of the wrong ones come back wrong', () => {
    // Accept: 10(1 − p) ≤ 1 + 5(1 − p) from p = .8; escalate: 1 + 5(1 − p) ≤ 3 from p = .6.
    const cuts = cutsOf(table({ wrong: 10, abstain: 3, escalate: 1, escalatedWrong: 0.5 }));
    expect(cuts.accept).toBeCloseTo(0.8, 12);
    expect(cuts.escalate).toBeCloseTo(0.6, 12);
  });
});

it('the cuts choose the cheapest action for any table and any probability', () => {
  const number = fc.double({ min: 0.01, max: 100, noNaN: true });
  const rate = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(number, number, fc.option(number, { nil: undefined }), rate, rate, (wrong, abstain, escalate, r, p) => {
      fc.pre(Math.min(abstain, escalate ?? abstain) < wrong);
      const costs = table({ wrong, abstain, escalate, escalatedWrong: r });
      const cuts = cutsOf(costs);
      const chosen: Action =
        p >= cuts.accept ? 'accept' : cuts.escalate !== null && p >= cuts.escalate ? 'escalate' : 'abstain';
      const least = Math.min(...(['accept', 'abstain', 'escalate'] as const).map((action) => costOf(action, p, costs)));
      expect(costOf(chosen, p, costs)).toBeLessThanOrEqual(least + 1e-9 * wrong);
    }),
  );
});

describe('a cost table from outside', () => {
  it('reads name=number pairs', () => {
    expect(costsOf('wrong=10, abstain=1,escalate=3')).toEqual({ wrong: 10, abstain: 1, escalate: 3 });
  });

  it.each(['wrong', 'wrong=', 'wrong=ten,abstain=1', 'wrong=1,wrong=2', 'wrong=1=2', ''])('refuses %s', (text) => {
    expect(() => costsOf(text)).toThrow(/cannot read the cost table.*\[VOUCH_BAD_USAGE\]/);
  });

  it.each([
    [{ abstain: 1 }, 'costs.wrong'],
    [{ wrong: 10 }, 'costs.abstain'],
    [{ wrong: 0, abstain: 1 }, 'costs.wrong'],
    [{ wrong: 10, abstain: -1 }, 'costs.abstain'],
    [{ wrong: 10, abstain: 1, escalatedWrong: 2 }, 'costs.escalatedWrong'],
    [{ wrong: 1, abstain: 5, escalate: 5 }, 'costs.wrong'],
    [{ wrong: 10, abstain: 1, defer: 3 }, 'costs'],
  ])('%j names the field', (costs, field) => {
    expect(() => parseOptions({ costs })).toThrow(
      expect.objectContaining({ code: 'BAD_USAGE', detail: expect.objectContaining({ field }) }),
    );
  });

  it('slices are made of model, task and own texts only', () => {
    expect(parseOptions({ sliceBy: ['task', 'features.plan'] }).sliceBy).toEqual(['task', 'features.plan']);
    expect(() => parseOptions({ sliceBy: ['mood'] })).toThrow(/slice is made of model, task or features\.NAME/);
    expect(() => parseOptions({ sliceBy: [] })).toThrow(expect.objectContaining({ code: 'BAD_USAGE' }));
  });
});
