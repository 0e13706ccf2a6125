import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { confidentRows } from '../../../../train/examine/suspect/confident.js';

/** Made by test/fixtures/make/suspect.py with cleanlab. */
const peers = JSON.parse(readFileSync(new URL('../../../fixtures/metrics/suspect.json', import.meta.url), 'utf8'));

describe.each(peers.confident as { label: number[]; probability: number[]; joint: number[][]; rows: number[] }[])(
  'confident learning, set %#',
  ({ label, probability, joint, rows }) => {
    const all = Int32Array.from(label.keys());
    const found = confidentRows(all, Float64Array.from(probability), Float64Array.from(label), label.length);

    it('cleanlab: the same rows off the diagonal of the confident joint', () => {
      expect(found.denied.map(({ row }) => row).sort((a, b) => a - b)).toEqual(rows);
      expect(found.labelledWrong).toBe(joint[0][1]);
      expect(found.labelledRight).toBe(joint[1][0]);
    });

    it('the surest come first', () => {
      const margins = found.denied.map(({ probability: p }) => Math.abs(2 * p - 1));
      expect(margins).toEqual([...margins].sort((a, b) => b - a));
    });
  },
);

describe('confident learning by hand', () => {
  // Right: .9 .8 .1, mean .6; wrong: .2 .1 .9, mean of 1 − p .6. Soft .5 stays apart.
  const y = Float64Array.of(1, 1, 1, 0, 0, 0, 0.5);
  const p = Float64Array.of(0.9, 0.8, 0.1, 0.2, 0.1, 0.9, 0.99);
  const rows = Int32Array.from(y.keys());

  it('thresholds, counts and what is expected', () => {
    const { denied, ...rest } = confidentRows(rows, p, y, 10);
    expect(rest.sureRight).toBeCloseTo(0.6, 12);
    expect(rest.sureWrong).toBeCloseTo(0.6, 12);
    expect(rest).toMatchObject({ rows: 6, labelledRight: 1, labelledWrong: 1 });
    // All six are sure: .1 + .2 + .1 + .2 + .1 + .1.
    expect(rest.expected).toBeCloseTo(0.8, 12);
    expect(denied).toEqual([
      { row: 2, probability: 0.1, label: 1 },
      { row: 5, probability: 0.9, label: 0 },
    ]);
  });

  it('row numbers come from `rows`, and no more than asked for', () => {
    const some = confidentRows(Int32Array.of(5, 0, 3), Float64Array.of(0.9, 0.8, 0.2), y, 1);
    expect(some.denied).toEqual([{ row: 5, probability: 0.9, label: 0 }]);
  });

  it('one class: nothing is sure', () => {
    expect(confidentRows(Int32Array.of(0, 1), Float64Array.of(0.1, 0.9), Float64Array.of(1, 1), 9).denied).toEqual([]);
  });
});
