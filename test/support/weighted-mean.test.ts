import { describe, expect, it } from 'vitest';
import { weightedMean } from '../../support/weighted-mean.js';

describe('weighted mean', () => {
  it('counts each value by its weight', () => {
    expect(weightedMean([1, 0, 0.5], [1, 2, 1])).toBe(0.375);
  });

  it('is no number where nothing has weight', () => {
    expect(weightedMean([1, 2], [0, 0])).toBeNaN();
    expect(weightedMean([], [])).toBeNaN();
  });
});
