import { describe, expect, it } from 'vitest';
import { categoryShares, numberShares, questionWeights, sharesBelow } from '../../../models/bundle/shares.js';
import { categoryDrift, sameShares } from '../../../monitor/drift/category-drift.js';
import { driftOf } from '../../../monitor/drift/drift.js';
import { numberDrift } from '../../../monitor/drift/number-drift.js';
import { psi } from '../../../monitor/drift/psi.js';
import { random } from '../../../support/random.js';

const even = (n: number) => new Float64Array(n).fill(1);

describe('shares of a number', () => {
  it('holds quantiles without the smallest and the largest value, and exact shares below them', () => {
    const values = Float64Array.from({ length: 1000 }, (_, i) => i);
    const shares = numberShares('x', values, even(1000));
    expect(shares.knots).toHaveLength(32);
    expect(shares.knots[0]).toBe(15);
    expect(shares.knots.at(-1)).toBe(984);
    expect(shares.below[0]).toBeCloseTo(0.016, 12);
    expect(shares.missing).toBe(0);
  });

  it('counts questions once and missing values apart', () => {
    const weight = questionWeights([7, 7, 8]);
    expect([...weight]).toEqual([0.5, 0.5, 1]);
    const shares = numberShares('x', [1, Number.NaN, 2], weight);
    expect(shares).toEqual({ name: 'x', missing: 0.25, knots: [1], below: [0.25] });
    expect(sharesBelow([1, 2], [1, Number.NaN, 2], weight)).toEqual([0.25, 0.75]);
  });

  it('names categories by index', () => {
    expect(categoryShares('c', ['a', 'b'], [0, 1, 1, 2], even(4))).toEqual({
      name: 'c',
      values: [
        ['', 0.25],
        ['a', 0.5],
        ['b', 0.25],
      ],
    });
  });
});

describe('numberDrift', () => {
  const before = numberShares(
    'x',
    Float64Array.from({ length: 1000 }, (_, i) => i / 1000),
    even(1000),
  );

  it('measures the largest difference of the distribution functions', () => {
    const now = Float64Array.from({ length: 1000 }, (_, i) => i / 1000 + 0.25);
    const { distance, pvalue } = numberDrift(before, now, even(1000), { before: 1000, now: 1000 });
    expect(distance).toBeCloseTo(0.25, 2);
    expect(pvalue).toBeLessThan(1e-20);
  });

  it('with a tolerance, lets values move by that much, and measures what moved farther', () => {
    const clusters = Float64Array.from({ length: 1000 }, (_, i) => [0.2, 0.6, 0.9][i % 3]);
    const reference = numberShares('probability', clusters, even(1000));
    const sizes = { before: 1000, now: 1000 };
    const moved = (by: number, tolerance: number) =>
      numberDrift(
        reference,
        clusters.map((p) => p + by),
        even(1000),
        sizes,
        tolerance,
      ).distance;
    expect(moved(0.03, 0)).toBeCloseTo(1 / 3, 2); // each cluster lies just above its knot
    expect(moved(0.03, 0.05)).toBe(0);
    expect(moved(-0.04, 0.05)).toBe(0);
    expect(moved(0.06, 0.05)).toBeCloseTo(1 / 3, 2);
    expect(moved(-0.4, 0.05)).toBeCloseTo(1 / 3, 2);
    const now = Float64Array.from({ length: 1000 }, (_, i) => i / 1000 + 0.25);
    expect(numberDrift(before, now, even(1000), sizes, 0.05).distance).toBeCloseTo(0.2, 2);
  });

  it('sees that a signal went missing', () => {
    const found = numberDrift(before, new Float64Array(100).fill(Number.NaN), even(100), { before: 1000, now: 100 });
    expect(found).toMatchObject({ distance: 1, missing: [0, 1] });
  });

  it('keeps its level, also with several answers per question', () => {
    const draws = random('level');
    let small = 0;
    for (let k = 0; k < 500; k++) {
      const sample = (n: number) => Float64Array.from({ length: n }, () => draws.normal());
      const reference = numberShares('x', sample(300), even(300));
      const base = sample(150);
      const values = Float64Array.from({ length: 600 }, (_, i) => 0.8 * base[i >> 2] + 0.6 * draws.normal());
      const weight = new Float64Array(600).fill(0.25);
      if (numberDrift(reference, values, weight, { before: 300, now: 150 }).pvalue <= 0.05) small++;
    }
    expect(small / 500).toBeLessThan(0.07);
  });
});

describe('categoryDrift', () => {
  it('is the chi-square test of a 2 × 2 table (by hand: 100 · (30·10)… = 16.67)', () => {
    // 50 and 50 observations, 40:10 against 20:30
    const p = sameShares([0.8, 0.2], [0.4, 0.6], { before: 50, now: 50 });
    expect(p).toBeCloseTo(4.455709e-5, 9); // scipy.stats.chi2_contingency([[40, 10], [20, 30]], correction=False)
  });

  it('counts unknown values as the empty one', () => {
    const before = {
      name: 'c',
      values: [
        ['', 0],
        ['a', 1],
      ] as [string, number][],
    };
    const found = categoryDrift(
      before,
      new Map([
        ['new', 0.5],
        ['a', 0.5],
      ]),
      { before: 100, now: 100 },
    );
    expect(found).toMatchObject({ distance: 0.5, missing: [0, 0.5] });
    expect(found.pvalue).toBeLessThan(1e-10);
  });
});

describe('psi', () => {
  it('is Σ (q − p) ln(q/p)', () => {
    expect(psi([0.5, 0.5], [0.25, 0.75])).toBeCloseTo(-0.25 * Math.log(0.5) + 0.25 * Math.log(1.5), 12);
  });
});

describe('driftOf', () => {
  it('raises an alarm for what changed, not for the rest', () => {
    const draws = random('drift');
    const sample = (n: number, by = 0) => Float64Array.from({ length: n }, () => draws.normal() + by);
    const reference = {
      ...{ version: 1 as const, questions: 1000, scored: 200 },
      signals: ['a', 'b'].map((name) => numberShares(name, sample(1000), even(1000))),
      probability: numberShares('probability', sample(200), even(200)),
      categories: [
        {
          name: 'task',
          values: [
            ['', 0],
            ['t', 1],
          ] as [string, number][],
        },
      ],
    };
    const columns = {
      ...{ weight: even(500), questions: 500, probability: sample(500) },
      numbers: new Map([
        ['a', sample(500, 0.6)],
        ['b', sample(500)],
      ]),
      categories: new Map([['task', new Array<string>(500).fill('t')]]),
    };
    const found = driftOf(reference, columns, { level: 0.001, least: 0.05 });
    expect(found.map(({ signal }) => signal)[0]).toBe('a');
    expect(found.filter(({ alarm }) => alarm).map(({ signal }) => signal)).toEqual(['a']);
    expect(driftOf(reference, columns, { level: 0.001, least: 0.5 }).some(({ alarm }) => alarm)).toBe(false);
  });
});
