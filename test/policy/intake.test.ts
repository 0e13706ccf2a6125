import { describe, expect, it } from 'vitest';
import type { AnswerRecord } from '../../data/record.js';
import { collectRows } from '../../policy/fit/collect-rows.js';
import { chanceOf } from '../../policy/intake/chance.js';
import { rankSumTest, refuseSelected } from '../../policy/intake/depends-on-score.js';
import { sortCases } from '../../policy/intake/sort-cases.js';
import { parsePrices } from '../../scorer/policy/prices.js';
import { random } from '../../support/random.js';
import { parseOptions } from '../../train/options.js';

const prices = parsePrices({ stages: [{ name: 'stated' }, { name: 'large', model: 'large' }], wrong: 5, abstain: 1 });
const answer = (id: string, change: object = {}): AnswerRecord => ({
  ...{ id, model: 'small', prompt: id, answer: 'yes', stated: 0.5, labels: [{ value: 1 }] },
  ...change,
});
const pair = (q: string, first: object = {}, large: object = {}) => [
  answer(`${q}/small`, first),
  answer(`${q}/large`, { model: 'large', ...large }),
];
const sorted = (...pairs: AnswerRecord[][]) =>
  sortCases(
    pairs.flat(),
    pairs.flatMap((own, i) => own.map(() => `q${i}`)),
    prices,
    'bought',
  );

describe('the cases that a policy may learn from', () => {
  it('have every stage and every label; the others are counted', () => {
    const { complete, incomplete, leftOut } = sorted(
      pair('a'),
      pair('b', { stated: null }),
      [answer('c/small')],
      pair('d', {}, { labels: [] }),
    );
    expect(complete.map(({ first }) => first.id)).toEqual(['a/small']);
    expect(incomplete).toHaveLength(2);
    expect(leftOut).toEqual({ missing: { stated: 1, large: 1 }, unlabelled: 1, unused: 0 });
  });

  it('are refused if an earlier score led to an answer', () => {
    expect(() => sorted(pair('a'), pair('b', {}, { selected: true }))).toThrow(
      expect.objectContaining({ code: 'SELECTED_LOG', detail: expect.objectContaining({ got: 'b/large' }) }),
    );
  });

  it('count 1 / chance where the chance of buying was recorded', () => {
    const { complete, weight, mostWeight } = sorted(
      pair('a', { bought: 0.5 }, { selected: true }),
      pair('b', { bought: { stated: 1, large: 0.25 } }),
      [answer('c/small', { bought: 0.1 })],
    );
    expect(complete).toHaveLength(2);
    expect([...weight]).toEqual([2, 4]);
    expect(mostWeight).toBe(10);
    expect(() => sorted(pair('a', { bought: 0.5 }), pair('b'))).toThrow(
      expect.objectContaining({ code: 'BAD_RECORD' }),
    );
    expect(() => chanceOf(answer('x', { bought: 0 }), 'bought')).toThrow(
      expect.objectContaining({ code: 'BAD_RECORD' }),
    );
  });

  it('count by the weight of their labels, which is one weight for all answers of a case', () => {
    const heavy = (weight: number) => ({ labels: [{ value: 1, weight }] });
    const { weight } = sorted(pair('a', heavy(3), heavy(3)), pair('b'), pair('c', heavy(0.5), heavy(0.5)));
    expect([...weight]).toEqual([3, 1, 0.5]);
    const bought = sorted(pair('a', { ...heavy(3), bought: 0.5 }, heavy(3)), pair('b', { bought: 0.1 }));
    expect([...bought.weight]).toEqual([6, 10]);
    expect(() => sorted(pair('a', heavy(3)))).toThrow(
      expect.objectContaining({
        code: 'BAD_LABEL',
        detail: expect.objectContaining({ got: '3 for a/small, 1 for a/large' }),
      }),
    );
  });

  it('give their weight to every row that a predictor learns from', () => {
    const labels = [{ value: 1, weight: 3 }];
    const { complete, weight } = sorted(pair('a', { labels, bought: 0.5 }, { labels }), pair('b', { bought: 1 }));
    const states = new Map([
      ['', []],
      ['stated+large', ['stated', 'large']],
    ]);
    const { data } = collectRows(complete, weight, states, { prices, options: parseOptions({}) });
    // a: its first answer, then both answers; b likewise. Collected weights have mean 1: (3 · 6 + 3 · 1) / 6 = 3.5
    expect([...data.w]).toEqual([6, 6, 6, 1, 1, 1].map((w) => w / 3.5));
  });

  it('must exist', () => {
    expect(() => sorted([answer('c/small')])).toThrow(expect.objectContaining({ code: 'NO_LABELS' }));
  });
});

describe('whether what is missing depends on the score', () => {
  it('is the rank-sum test, by hand', () => {
    // U = 120 of 400, its mean 200, its variance 20 · 20 · 41 / 12: z = −2.16401, p = 0.0304638
    const x = Float64Array.from({ length: 20 }, (_, i) => i + 1.5);
    const y = Float64Array.from({ length: 20 }, (_, i) => i + 6);
    expect(rankSumTest(x, y)).toBeCloseTo(0.0304638, 6);
  });

  it('refuses a log that bought where the score was low, and takes one that bought at random', () => {
    const draw = random('missing');
    const p = Float64Array.from({ length: 400 }, () => draw.next());
    const low = p.filter((x) => x < 0.5);
    const high = p.filter((x) => x >= 0.5);
    expect(() => refuseSelected(low, high, 'bought')).toThrow(expect.objectContaining({ code: 'SELECTED_LOG' }));
    const [some, others] = [p.filter((_, i) => i % 3 > 0), p.filter((_, i) => i % 3 === 0)];
    expect(() => refuseSelected(some, others, 'bought')).not.toThrow();
    expect(rankSumTest(low.slice(0, 5), high)).toBeNaN();
  });
});
