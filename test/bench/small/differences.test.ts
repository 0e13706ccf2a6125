import { describe, expect, it } from 'vitest';
import { differenceOf, meanOverSets, upper } from '../../../bench/small/differences.js';

const zero = (losses: number[][]) => losses.map((draw) => draw.map(() => 0));

describe('differenceOf', () => {
  it('has no error over questions where every question tells its share of the mean', () => {
    const share = [0.25, 0.75];
    const ours = [0.1, 0.3].map((mean) => share.map((part) => part * mean));
    const { mean, overDraws, overBoth } = differenceOf(ours, zero(ours), share);
    expect(mean).toBeCloseTo(0.2, 12);
    expect(overDraws).toBeCloseTo(0.1, 12); // √(2 · .1² / 1 / 2)
    expect(overBoth).toBeCloseTo(0.1, 12);
  });

  it('has an error over questions alone where all draws agree: that of their mean', () => {
    const ours = [
      [0.5, 0],
      [0.5, 0],
      [0.5, 0],
    ]; // two questions of equal weight, losses 1 and 0
    const { mean, overDraws, overBoth } = differenceOf(ours, zero(ours), [0.5, 0.5]);
    expect(mean).toBeCloseTo(0.5, 12);
    expect(overDraws).toBe(0);
    expect(overBoth).toBeCloseTo(Math.SQRT1_2 / Math.SQRT2, 12); // standard deviation √½ of 0 and 1, by √2
  });

  it('is paired: what both lose on a draw or a question counts for neither', () => {
    const rival = [
      [0.9, 0.1],
      [0.2, 0.4],
    ];
    const ours = rival.map((draw) => draw.map((loss) => loss + 0.01));
    const { mean, overBoth } = differenceOf(ours, rival, [0.5, 0.5]);
    expect(mean).toBeCloseTo(0.02, 12);
    expect(overBoth).toBeCloseTo(0, 12);
  });
});

describe('meanOverSets', () => {
  it('counts each set the same, and adds the squares of their errors', () => {
    const sets = [
      { mean: 0.03, overDraws: 0.003, overBoth: 0.006 },
      { mean: -0.01, overDraws: 0.004, overBoth: 0.008 },
    ];
    const { mean, overDraws, overBoth } = meanOverSets(sets);
    expect(mean).toBeCloseTo(0.01, 12);
    expect(overDraws).toBeCloseTo(0.0025, 12);
    expect(overBoth).toBeCloseTo(0.005, 12);
    expect(upper(mean, overDraws)).toBeCloseTo(0.0149, 12);
  });
});
