import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Block, fewer, MOST_KNOTS, NEAREST } from '../../../models/calibrators/blocks.js';
import { isotonic } from '../../../models/calibrators/isotonic.js';
import { random } from '../../../support/random.js';

function knotsOf(z: number[], y: number[], w = z.map(() => 1)): number[] {
  return isotonic.fit(Float64Array.from(z), Float64Array.from(y), Float64Array.from(w));
}

describe('isotonic, worked by hand', () => {
  it('pools violators at their mean logit; other answers keep their logit', () => {
    // a half-right answer at each end: 0 is right by 0.5/2, 3 by 1.5/2; 1 and 2 violate and meet at 1.5
    expect(knotsOf([0, 1, 2, 3], [0, 1, 0, 1])).toEqual([0, 0.25, 1.5, 0.5, 3, 0.75]);
  });

  it('answers with one logit count as one answer, in any order', () => {
    // −2: 1.5/2; 0: 1/2 of two; they violate: 2.5/4 at (2·(−2) + 2·0)/4; 5: 1.5/2
    const knots = [-1, 0.625, 5, 0.75];
    expect(knotsOf([-2, 0, 0, 5], [1, 0, 1, 1])).toEqual(knots);
    expect(knotsOf([0, 5, 0, -2], [1, 1, 0, 1])).toEqual(knots);
  });

  it('equal shares are one block too; an end with only right answers stays below 1', () => {
    // 0: 0.5/2; 1: right by 1/1, and 2 by 1.5/2 < 1: pooled 2.5/3 at (1 + 2·2)/3
    expect(knotsOf([0, 1, 2], [0, 1, 1])).toEqual([0, 0.25, Math.fround(5 / 3), 2.5 / 3]);
  });

  it('constant outside the knots, straight between them', () => {
    const at = isotonic.apply([0, 0.25, 1.5, 0.5, 3, 0.75], Float64Array.of(-9, 0.75, 1.5, 9));
    expect([...at]).toEqual([0.25, 0.375, 0.5, 0.75]);
  });
});

describe('knots', () => {
  it('70,000 soft labels that rise with the logit: at most 200, a thousandth apart, near the truth', () => {
    const draw = random('rising');
    const z = Float64Array.from({ length: 70_000 }, () => 3 * draw.normal());
    const y = z.map((at) => 1 / (1 + Math.exp(-at)));
    const knots = isotonic.fit(z, y, new Float64Array(z.length).fill(1));
    expect(knots.length / 2).toBe(MOST_KNOTS);
    const at = Float64Array.from({ length: 161 }, (_, i) => (i - 80) / 10);
    const gaps = isotonic.apply(knots, at).map((p, i) => Math.abs(p - 1 / (1 + Math.exp(-at[i]))));
    expect(Math.max(...gaps)).toBeLessThan(2e-3);
  });

  it('are few and far enough apart, cover the same answers, and have ascending shares', () => {
    const blocks = fc
      .array(
        fc.record({ step: fc.double({ min: 1e-9, max: 0.01, noNaN: true }), weight: fc.integer({ min: 1, max: 9 }) }),
        { minLength: 1, maxLength: 900 },
      )
      .map((rows) => {
        let z = 0;
        return rows.map(({ step, weight }, i): Block => {
          z += step;
          return { weight, sumZ: weight * z, right: (weight * (i + 1)) / (rows.length + 1) };
        });
      });
    fc.assert(
      fc.property(blocks, (all) => {
        const kept = fewer(all);
        const sum = (list: Block[], of: keyof Block) => list.reduce((total, block) => total + block[of], 0);
        expect(kept.length).toBeLessThanOrEqual(MOST_KNOTS);
        expect(sum(kept, 'weight')).toBe(sum(all, 'weight'));
        expect(sum(kept, 'right')).toBeCloseTo(sum(all, 'right'), 6);
        const isApart = kept.every((block, i) => {
          if (i === 0) return true;
          const [mean, before] = [block, kept[i - 1]].map(({ sumZ, weight }) => Math.fround(sumZ / weight));
          return mean - before >= NEAREST && block.right / block.weight > kept[i - 1].right / kept[i - 1].weight;
        });
        expect(isApart).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});
