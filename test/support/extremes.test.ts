import { describe, expect, it } from 'vitest';
import { append } from '../../support/append.js';
import { maxOf, minOf } from '../../support/extremes.js';

const LONG = 1_000_000; // a spread of as many in a call fails

describe('extremes', () => {
  it('are those of Math.max and Math.min', () => {
    for (const values of [[], [3], [2, -1, 7, 7], [Number.NaN, 1], [1, Number.NaN], [-0, 0], [Infinity, -Infinity]]) {
      expect(maxOf(values)).toBe(Math.max(...values));
      expect(minOf(values)).toBe(Math.min(...values));
    }
  });

  it('take as many numbers as there are', () => {
    const fold = Int32Array.from({ length: LONG }, (_, i) => i % 5);
    expect([minOf(fold), maxOf(fold)]).toEqual([0, 4]);
  });
});

describe('append', () => {
  it('takes as many items as there are, in order', () => {
    const list = [-1];
    append(
      list,
      Int32Array.from({ length: LONG }, (_, i) => i),
    );
    expect([list.length, list[0], list[1], list[LONG]]).toEqual([LONG + 1, -1, 0, LONG - 1]);
  });
});
