import { describe, expect, it } from 'vitest';
import { random } from '../../../../support/random.js';
import { fitTrees, keptEvery, type TreeRows } from '../../../../train/learn/trees/fit-trees.js';
import { boostSchema } from '../../../../train/options.js';
import { applyTrees } from '../../../support/apply-trees.js';
import { columnsOf } from '../../../support/columns-of.js';

const defaults = boostSchema.parse({});
/** Nothing drawn: every row, every column. */
const exact = { ...defaults, rows: 1, columns: 1 };

/** Eight rows of two columns; the second one parts the labels at 2.5, the missing with the low. */
const toy = tableOf({
  x: Float32Array.of(1, Number.NaN, 5, 1, 2, 2, 6, 2, 3, 3, 7, 3, 4, 4, 8, 4),
  width: 2,
  y: Float64Array.of(0, 0, 0, 0, 1, 1, 1, 0),
  w: new Float64Array(8).fill(1),
});
const all = Int32Array.from({ length: 8 }, (_, i) => i);

function tableOf<T extends { x: Float32Array; width: number } & Omit<TreeRows, 'columns'>>(rows: T): T & TreeRows {
  return { ...rows, columns: columnsOf(rows.x, rows.width) };
}

function simulated(n: number, seed: string) {
  const draw = random(seed);
  const width = 6;
  const x = Float32Array.from({ length: n * width }, (_, k) =>
    draw.next() < 0.1 ? Number.NaN : k % width === 5 ? Number(draw.next() < 0.3) : draw.normal(),
  );
  const y = Float64Array.from({ length: n }, (_, i) => {
    const [a, b, c] = x.subarray(i * width, i * width + 3);
    return Number(1.5 * (a || 0) + 2 * (b > 0 ? c || 0 : 0) + (Number.isNaN(b) ? 1 : 0) + draw.normal() > 0);
  });
  return tableOf({ x, width, y, w: new Float64Array(n).fill(1) });
}

const range = (from: number, to: number) => Int32Array.from({ length: to - from }, (_, i) => from + i);

function meanLoss(z: Float64Array, y: Float64Array): number {
  return z.reduce((sum, v, i) => sum + Math.log1p(Math.exp(v)) - y[i] * v, 0) / z.length;
}

describe('fitTrees', () => {
  it('makes the first question and the Newton leaves worked by hand', () => {
    // Base rate 3/8: bias ln(3/5), p(1 − p) = 15/64. The second column above 2.5 holds labels 1, 1, 1, 0, slopes Σ(y − p) = 3 − 4·3/8 = 3/2;
    // the rest −3/2. Curvature 4·15/64 = 15/16 each; with l2 = 1 the leaves are ∓(3/2)/(31/16) = ∓24/31, times the rate 1/2.
    const options = { ...exact, depth: 1, rate: 0.5, l2: 1, most: 1 };
    const { trees, loss, count } = fitTrees({ table: toy, fit: all, watch: all, options, random: random(1) });
    expect(count).toBe(1);
    expect([...trees.columns]).toEqual([1]);
    expect([...trees.thresholds]).toEqual([2.5]);
    expect(trees.bias).toBeCloseTo(Math.log(3 / 5), 6);
    expect(trees.leaves[0]).toBeCloseTo(-12 / 31, 6);
    expect(trees.leaves[1]).toBeCloseTo(12 / 31, 6);
    expect([...trees.covers]).toEqual([4, 4]);
    expect(loss).toBeCloseTo(meanLoss(applyTrees(trees, toy.x, 2), toy.y), 12);
  });

  it('asks whether a signal was recorded where that is what tells', () => {
    const x = Float32Array.of(Number.NaN, 1, Number.NaN, 2, Number.NaN, 3, 4, Number.NaN);
    const y = Float64Array.of(1, 0, 1, 0, 1, 0, 0, 1);
    const options = { ...exact, depth: 1, most: 1 };
    const { trees } = fitTrees({
      table: tableOf({ x, width: 1, y, w: toy.w }),
      fit: all,
      watch: all,
      options,
      random: random(1),
    });
    expect([...trees.thresholds]).toEqual([Number.NEGATIVE_INFINITY]);
    expect(trees.leaves[0]).toBeGreaterThan(0);
    expect(trees.leaves[1]).toBe(-trees.leaves[0]);
  });

  it('lowers the loss of other rows well below that of the base rate, and reports it', () => {
    const rows = simulated(1200, 'boost');
    const { trees, loss, count } = fitTrees({
      table: rows,
      fit: range(0, 900),
      watch: range(900, 1200),
      options: defaults,
      random: random(1),
    });
    const z = applyTrees(trees, rows.x.subarray(900 * rows.width), rows.width);
    expect(count).toBeGreaterThan(20);
    expect(loss).toBeCloseTo(meanLoss(z, rows.y.subarray(900)), 10);
    expect(loss).toBeLessThan(0.5); // 0.69 at the base rate
  });

  it('gives the same trees for the same seed and others for another', () => {
    const rows = simulated(300, 'seed');
    const options = { ...defaults, most: 20 };
    const fitted = (seed: number) =>
      fitTrees({ table: rows, fit: range(0, 200), watch: range(200, 300), options, random: random(seed) }).trees;
    expect(fitted(1)).toEqual(fitted(1));
    expect(fitted(1)).not.toEqual(fitted(2));
  });

  it('takes a weight of 2 for the row twice', () => {
    const rows = simulated(200, 'twice');
    const fit = range(0, 150);
    const stop = range(150, 200);
    const w = rows.w.map((_, i) => (i % 3 === 0 ? 2 : 1));
    const twice = Int32Array.from([...fit].flatMap((i) => (i % 3 === 0 ? [i, i] : [i])));
    const options = { ...exact, depth: 3, most: 10, bins: 254 };
    const weighted = fitTrees({ table: { ...rows, w }, fit, watch: stop, options, random: random(1) });
    const repeated = fitTrees({
      table: { ...rows, w: w.map((v, i) => (i < 150 ? 1 : v)) },
      fit: twice,
      watch: stop,
      options,
      random: random(1),
    });
    expect(weighted.trees.columns).toEqual(repeated.trees.columns);
    expect(weighted.trees.thresholds).toEqual(repeated.trees.thresholds);
    expect(weighted.trees.covers).toEqual(repeated.trees.covers);
    weighted.trees.leaves.forEach((leaf, k) => {
      expect(leaf).toBeCloseTo(repeated.trees.leaves[k], 5);
    });
  });

  it('learns the base rate where nothing varies', () => {
    const rows = tableOf({ x: new Float32Array(8).fill(3), width: 1, y: toy.y, w: toy.w });
    const { trees } = fitTrees({
      table: rows,
      fit: all,
      watch: all,
      options: { ...defaults, depth: 2 },
      random: random(1),
    });
    for (const z of applyTrees(trees, rows.x, 1)) expect(z).toBeCloseTo(Math.log(3 / 5), 5);
  });

  it('keeps the logits of every look up to 33,333 watched rows at 600 trees, then of every second, third, …', () => {
    expect([0, 33_333, 33_334, 66_667, 160_000].map((rows) => keptEvery(rows, 600))).toEqual([1, 1, 2, 3, 5]);
  });

  it('where not every look is kept, the others are the arrays kept before, and nothing else changes', () => {
    const rows = simulated(300, 'trail');
    const fitted = (most: number) => {
      const options = { ...defaults, most, patience: 30 };
      return fitTrees({ table: rows, fit: range(0, 200), watch: range(200, 300), options, random: random(1) });
    };
    const all = fitted(500);
    const some = fitted(1e6); // 100 rows, 200,000 looks: every fifth is kept
    expect(keptEvery(100, 1e6)).toBe(5);
    expect(some.trees).toEqual(all.trees);
    expect(some.trail.length).toBe(all.trail.length);
    expect(all.trail.length).toBeGreaterThan(6);
    some.trail.forEach((logits, k) => {
      expect(logits).toBe(some.trail[k - (k % 5)]);
      expect(logits).toEqual(all.trail[k - (k % 5)]);
    });
  });
});
