import { describe, expect, it } from 'vitest';
import { certifyPlans } from '../../policy/certify/certify-plans.js';
import { outlookOf } from '../../policy/certify/outlook-of.js';
import { candidatesOf, type Family } from '../../policy/choose/candidates.js';
import { cutsOf } from '../../policy/choose/induct.js';
import { latticeOf } from '../../policy/choose/orders.js';
import { accountOf, outcomeOf } from '../../policy/choose/outcome.js';
import { binsOf, regress } from '../../policy/choose/regression.js';
import { thresholdsOf } from '../../policy/choose/rewards.js';
import { sequenceOf } from '../../policy/choose/sequence.js';
import type { PolicyReport } from '../../policy/report/results.js';
import { leadWords } from '../../policy/report/words.js';
import { valueAt } from '../../scorer/policy/value-at.js';
import { random } from '../../support/random.js';
import { bettingTest } from '../../train/certify/betting.js';
import { drawTable, economy, ORDERS } from './population.js';

const fit = drawTable(300, 1, random('fit'));
const certify = drawTable(400, 1, random('certify'));
const fold = fit.group.map((g) => g % 2);
const search = (...families: Family[]) => candidatesOf(fit, { orders: ORDERS, economy, alpha: 0.05, fold, families });
const plan = { alpha: 0.05, delta: 0.05, groups: 400, cap: null };

describe('cut-offs', () => {
  it('give back the action at every probability but within a hair of a change', () => {
    const action = (p: number) => (p < 0.313 ? 'stop' : p < 0.612 ? 'buy' : 'accept');
    const cuts = cutsOf(action);
    expect(cuts.map((cut) => cut.do)).toEqual(['stop', 'buy', 'accept']);
    expect(cuts[1].from).toBeCloseTo(0.313, 6);
    expect(cuts[2].from).toBeCloseTo(0.612, 6);
  });

  it('leave out pieces that are narrower than half a percentage point', () => {
    expect(cutsOf((p) => (p >= 0.5 && p < 0.503 ? 'buy' : 'stop')).map((cut) => cut.do)).toEqual(['stop']);
  });
});

describe('the regression of a value', () => {
  it('is the mean of each bin, pooled where it would fall, with straight lines between', () => {
    const p = Float64Array.of(0.1, 0.1, 0.5, 0.5, 0.9, 0.9);
    const weight = new Float64Array(6).fill(1);
    const values = regress(binsOf(p, weight), Float64Array.of(0, 2, 4, 6, 2, 4), weight);
    expect(values.probability).toEqual([0.1, 0.5, 0.9]);
    expect(values.value).toEqual([1, 4, 4]); // 5 and 3 are pooled
    expect(values.questions).toEqual([2, 2, 2]);
    expect(valueAt(values, 0.3)).toBeCloseTo(2.5, 12);
    expect(valueAt(values, 0)).toBe(1);
    expect(valueAt(values, 1)).toBe(4);
  });

  it('counts weights', () => {
    const p = new Float64Array(2).fill(0.4);
    const weight = Float64Array.of(3, 1);
    expect(regress(binsOf(p, weight), Float64Array.of(0, 8), weight).value).toEqual([2]);
  });
});

describe('candidates', () => {
  it('include the usual ones: a fixed stage for everyone, two models with a threshold each, one threshold in a cascade', () => {
    const fixed = search('fixed');
    expect(new Set(fixed.map(({ plan: { order } }) => order.join('+')))).toEqual(
      new Set(['', 'signal', 'signal+model', 'model']),
    );
    for (const { plan: each, account } of fixed) expect(account.bought).toEqual(each.order.map(() => 1));
    const two = search('threshold').filter(({ plan: { order } }) => order.join() === 'model');
    expect(two.length).toBe(Math.ceil(thresholdsOf(economy).length / 2) ** 2);
  });

  it('by expected gain cost no more than the best fixed set and the best cascade of thresholds', () => {
    const cheapest = (...families: Family[]) => Math.min(...search(...families).map(({ account }) => account.total));
    expect(cheapest('gain')).toBeLessThan(cheapest('fixed'));
    expect(cheapest('gain')).toBeLessThan(1.01 * cheapest('threshold'));
  });

  it('have accounts that add up', () => {
    for (const { account } of search('gain').slice(0, 20)) {
      expect(account.total).toBeCloseTo(account.signals + account.stops + account.wrong, 12);
      expect(account.stops).toBeCloseTo(economy.stop * (1 - account.coverage), 12);
      expect(account.wrong).toBeCloseTo(economy.wrong * account.coverage * (account.error ?? 0), 12);
      const paid = economy.first + account.bought[0] * (account.bought.length === 2 ? 0.05 : 0);
      expect(account.signals).toBeGreaterThanOrEqual(paid - 1e-12);
    }
  });
});

describe('the sequence that is tested', () => {
  const sequence = sequenceOf(search('gain', 'threshold', 'fixed'), fit, plan);

  it('goes from cautious to bold: each plan costs less and is less likely to pass', () => {
    expect(sequence.length).toBeGreaterThan(1);
    for (let i = 1; i < sequence.length; i++) {
      expect(sequence[i].account.total).toBeLessThan(sequence[i - 1].account.total);
      expect(sequence[i].outlook.power).toBeLessThanOrEqual(sequence[i - 1].outlook.power);
    }
  });

  it('is tested until one fails, and the last that passed is certified', () => {
    const { tested, certified } = certifyPlans(sequence, certify, { ...plan, names: economy.names }, random('tests'));
    const passed = tested.filter(({ pvalue }) => pvalue <= 0.05);
    expect(certified).toBe(passed.at(-1) ?? null);
    expect(tested.slice(0, -1).every(({ pvalue }) => pvalue <= 0.05)).toBe(true);
    const { plan: best } = certified!.candidate;
    const account = accountOf(best, outcomeOf(best, certify, economy.names), certify.weight, economy);
    expect(certified!.error).toBeCloseTo(account.error as number, 12);
    expect(certified!.coverage).toBeCloseTo(account.coverage, 12);
  });

  it('counts a question that is heavier than those it was planned for as the heaviest of them, and says so', () => {
    const test = (table: typeof certify) =>
      certifyPlans(sequence, table, { ...plan, names: economy.names }, random('tests')).tested[0];
    const { accepted } = test(certify).outcome;
    const at = accepted.indexOf(1);
    const heavy = { ...certify, weight: certify.weight.map((w, i) => (i === at ? 100 : w)) };
    expect(test(certify)).toMatchObject({ cap: 1, capped: 0 });
    expect(test(heavy)).toMatchObject({ cap: 1, capped: 1 });
    const claim = { coverage: 0.5, error: 0.02, cap: 1.5, capped: 2 };
    const report = { claim, advice: null, data: { certify: { questions: 9 } }, order: [], states: [] };
    const ways = [{ total: { value: 1 }, signals: { value: 1 } }];
    expect(leadWords({ ...report, ways } as unknown as PolicyReport)[1]).toBe(
      'In the promise, no question counts as more than 1.5 answers; 2 accepted questions have more.',
    );
  });

  it('certifies nothing where every answer is wrong', () => {
    const wrong = {
      ...certify,
      states: new Map([...certify.states].map(([key, { p }]) => [key, { p, y: p.map(() => 0) }])),
    };
    const { certified, tested } = certifyPlans(sequence, wrong, { ...plan, names: economy.names }, random('tests'));
    expect(certified).toBeNull();
    expect(tested).toHaveLength(1);
  });
});

describe('chances of buying', () => {
  it('make a test that no question can outweigh: its sums stay within the cap', () => {
    const weight = fit.weight.map((_, i) => (i % 3 === 0 ? 4 : 1));
    const table = { ...fit, weight };
    const outcome = outcomeOf(
      {
        order: [],
        cuts: [
          [
            { from: 0, do: 'stop' },
            { from: 0.9, do: 'accept' },
          ],
        ],
      },
      table,
      economy.names,
    );
    const outlook = outlookOf(table, outcome, { ...plan, cap: 5 })!;
    const plain = outlookOf(table, outcome, { ...plan, cap: 4 })!;
    expect(outlook.cap).toBe(5);
    expect(outlook.mass).toBeCloseTo((plain.mass * 4) / 5, 12);
    expect(outlook.variance).toBeCloseTo((plain.variance * 16) / 25, 12);
    const wrong = Float64Array.from({ length: 200 }, () => 0);
    expect(bettingTest({ mass: wrong.map(() => 0.8), wrong }, outlook, 0.05, 0.05)).toBeLessThanOrEqual(0.05);
  });
});

describe('orders', () => {
  const stages = ['a', 'b', 'c'].map((name) => ({
    name,
    fields: ['stated'],
    price: { money: 0, tokens: 0, milliseconds: 0 },
  }));

  it('are the given one, the cheapest first, and parts of these, within the most states', () => {
    const cost = (name: string) => ({ a: 3, b: 2, c: 1 })[name] as number;
    const { orders, states } = latticeOf({ stages, orders: undefined, mostStates: 8 }, cost);
    expect(orders.slice(0, 2)).toEqual([
      ['a', 'b', 'c'],
      ['c', 'b', 'a'],
    ]);
    expect([...states.keys()].sort()).toEqual(['', 'a', 'a+b', 'a+b+c', 'a+c', 'b', 'b+c', 'c']);
    expect(latticeOf({ stages, orders: undefined, mostStates: 4 }, cost).states.size).toBe(4);
  });

  it('are those of the price file where it names some', () => {
    const { orders, states } = latticeOf({ stages, orders: [['b', 'a']], mostStates: 8 }, () => 1);
    expect(orders).toEqual([['b', 'a']]);
    expect([...states]).toEqual([
      ['', []],
      ['b', ['b']],
      ['a+b', ['b', 'a']],
    ]);
  });
});
