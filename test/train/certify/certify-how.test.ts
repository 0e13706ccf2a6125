import { describe, expect, it } from 'vitest';
import { certifiesCrossed } from '../../../train/certify/certify-how.js';
import { parseOptions } from '../../../train/options.js';

const how = (groupCount: number, options: object = {}) => certifiesCrossed({ groupCount }, parseOptions(options));

describe('which labels certify', () => {
  it('by default all below 10,000 questions; a part with more, or with a split by time, or with two folds', () => {
    expect([how(9_999), how(10_000)]).toEqual([true, false]);
    expect([how(500, { split: 'time' }), how(500, { folds: 2 })]).toEqual([false, false]);
  });

  it('as asked for', () => {
    expect([how(50_000, { certify: 'cross' }), how(500, { certify: 'split' })]).toEqual([true, false]);
  });

  it('a refit without a claim is of a split: cross ships a predictor of all labels anyway', () => {
    expect(how(500, { refit: 'always' })).toBe(false);
    expect(() => how(500, { certify: 'cross', refit: 'always' })).toThrow(
      /already ships a predictor trained on all labels/,
    );
  });

  it('cannot leave out two folds of two', () => {
    expect(() => how(500, { certify: 'cross', folds: 2 })).toThrow(
      /field "folds".*3 or more for nested cross-fitting.*got 2/,
    );
  });
});
