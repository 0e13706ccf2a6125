import { describe, expect, it } from 'vitest';
import type { AnswerRecord } from '../../data/record.js';
import { chanceOf } from '../../policy/intake/chance.js';
import { rankSumTest, refuseSelected } from '../../policy/intake/depends-on-score.js';
import { sortCases } from '../../policy/intake/sort-cases.js';
import { parsePrices } from '../../scorer/policy/prices.js';
import { random } from '../../support/random.js';

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
