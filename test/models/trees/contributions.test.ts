import { describe, expect, it } from 'vitest';
import { contributionsOf } from '../../../models/trees/contributions.js';
import type { Trees } from '../../../models/trees/trees.js';
import { random } from '../../../support/random.js';
import { applyTrees } from '../../support/apply-trees.js';

describe('contributions', () => {
  it('are the Shapley values worked by hand', () => {
    // One tree: a > 0, b > 0; leaves 0, 8, 4, 20 for (no, no), (a), (b), (both), covers 1, 3, 2, 2.
    const trees: Trees = {
      depth: 2,
      columns: Int32Array.of(0, 1),
      thresholds: Float32Array.of(0, 0),
      leaves: Float32Array.of(0, 8, 4, 20),
      bias: 0.5,
      covers: Float32Array.of(1, 3, 2, 2),
    };
    // a known yes: (3·8 + 2·20)/5 = 12.8; a known no: (1·0 + 2·4)/3 = 8/3; neither: (5·12.8 + 3·8/3)/8 = 9.
    // b known yes: a unknown: (3·4 + 5·20)/8 = 14. Row (yes, yes): φa = ½(12.8 − 9) + ½(20 − 14) = 4.9, φb = ½(14 − 9) + ½(20 − 12.8) = 6.1
    const { base, add } = contributionsOf(trees);
    const into = new Float64Array(2);
    add(Float32Array.of(1, 1), into);
    expect(base).toBe(9.5);
    expect(into[0]).toBeCloseTo(4.9, 6);
    expect(into[1]).toBeCloseTo(6.1, 6);
  });

  it('equal the definition over all orders of the columns if a column is asked about twice', () => {
    const draw = random('shapley');
    const depth = 4;
    const trees: Trees = {
      depth,
      columns: Int32Array.of(0, 1, 0, 2),
      thresholds: Float32Array.of(0, 0, 1, 0),
      leaves: Float32Array.from({ length: 16 }, () => draw.normal()),
      bias: 0,
      covers: Float32Array.from({ length: 16 }, () => draw.int(5)),
    };
    const row = Float32Array.of(0.5, Number.NaN, 1);
    const worth = (known: Set<number>) => mean(trees, row, known, 0, 0).value;
    const orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]; // biome-ignore format: one line
    const expected = [0, 0, 0];
    for (const order of orders) {
      const known = new Set<number>();
      for (const player of order) {
        const before = worth(known);
        known.add(player);
        expected[player] += (worth(known) - before) / orders.length;
      }
    }
    const into = new Float64Array(3);
    const { base, add } = contributionsOf(trees);
    add(row, into);
    expected.forEach((phi, j) => {
      expect(into[j]).toBeCloseTo(phi, 6);
    });
    expect(base).toBeCloseTo(worth(new Set()), 12);
    expect(base + into[0] + into[1] + into[2]).toBeCloseTo(applyTrees(trees, row, 3)[0], 6);
  });
});

/** Walks down from a node: the row's side of known columns, both sides by cover of the others. */
function mean(trees: Trees, row: Float32Array, known: Set<number>, level: number, prefix: number): { value: number } {
  const { depth, columns, thresholds, leaves } = trees;
  if (level === depth) return { value: leaves[prefix] };
  const yes = prefix + (1 << level);
  if (known.has(columns[level])) {
    return mean(trees, row, known, level + 1, row[columns[level]] > thresholds[level] ? yes : prefix);
  }
  const [a, b] = [prefix, yes].map((next) => coverBelow(trees, level + 1, next));
  const share = a + b > 0 ? b / (a + b) : 0.5;
  const [no, up] = [prefix, yes].map((next) => mean(trees, row, known, level + 1, next).value);
  return { value: (1 - share) * no + share * up };
}

function coverBelow({ covers }: Trees, level: number, prefix: number): number {
  return covers.reduce((sum, cover, leaf) => (leaf % (1 << level) === prefix ? sum + cover : sum), 0);
}
