import { describe, expect, it } from 'vitest';
import { capacityFor } from '../../../train/choose/capacity.js';
import { parseOptions } from '../../../train/options.js';

const options = parseOptions({});

describe('capacityFor', () => {
  it('leaves small sets alone', () => {
    for (const rows of [50, 1_000, 5_000]) expect(capacityFor(options, rows)).toBe(options);
  });

  it('grows with the rows, without a jump', () => {
    const { trees } = capacityFor(options, 5_001);
    expect(trees.rate).toBeCloseTo(options.trees.rate, 4);
    expect(trees.most).toBe(options.trees.most);
    const sizes = [5_000, 10_000, 30_000, 70_000];
    const grown = sizes.map((rows) => capacityFor(options, rows).trees);
    for (let k = 1; k < sizes.length; k++) {
      expect(grown[k].rate).toBeLessThan(grown[k - 1].rate);
      expect(grown[k].most).toBeGreaterThan(grown[k - 1].most);
    }
    const { trees: most, mlp } = capacityFor(options, 80_000);
    expect(mlp).toEqual({ ...options.mlp, passes: 1_200_000 });
    expect(capacityFor(options, 40_000).mlp).toEqual(options.mlp);
    expect(capacityFor(options, 60_000).mlp.passes).toBe(900_000);
    expect(most.rate).toBeCloseTo(0.1 / Math.SQRT2, 12);
    expect(most).toMatchObject({ most: 2400, patience: 57, mostRows: 64_000 });
  });

  it('takes back what would make large sets slow', () => {
    const work = (rows: number) => capacityFor(options, rows).trees.most * rows;
    for (const rows of [100_000, 200_000, 300_000]) expect(work(rows) / work(80_000)).toBeCloseTo(1, 2);
    const { trees, mlp } = capacityFor(options, 1_000_000);
    expect(trees).toEqual({ ...options.trees, mostRows: 64_000 });
    expect(mlp).toEqual(options.mlp);
  });

  it('keeps what the user has set', () => {
    for (const trees of [{ rate: 0.2 }, { most: 100 }, { patience: 10 }, { mostRows: 1_000 }]) {
      const own = parseOptions({ trees });
      expect(capacityFor(own, 70_000).trees).toBe(own.trees);
    }
    const slow = parseOptions({ mlp: { ...options.mlp, passes: undefined } });
    expect(capacityFor(slow, 70_000).mlp).toBe(slow.mlp);
    const other = capacityFor(parseOptions({ trees: { depth: 4 } }), 70_000);
    expect(other.trees).toMatchObject({ depth: 4, mostRows: 64_000 });
  });
});
