import fc from 'fast-check';
import { expect, it } from 'vitest';
import { deltaOf } from '../../../metrics/interval/delta-of.js';

it('gives the number that a person would write', () => {
  expect([0.95, 0.9, 0.99, 0.8, 0.999, 0.975, 2 / 3, 0, 1].map(deltaOf)).toEqual([
    ...[0.05, 0.1, 0.01, 0.2, 0.001, 0.025],
    0.333333333333333,
    1,
    0,
  ]);
});

it('of any share with up to nine decimals: exactly the decimal complement, and back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9 }), fc.double({ min: 0, max: 1, noNaN: true }), (digits, draw) => {
      const unit = 10 ** digits;
      const k = Math.round(draw * unit);
      const share = Number((k / unit).toFixed(digits));
      expect(deltaOf(share)).toBe(Number(((unit - k) / unit).toFixed(digits)));
      expect(deltaOf(deltaOf(share))).toBe(share);
    }),
  );
});

it('never makes a share that is not 1 into certainty', () => {
  expect(deltaOf(1 - 2 ** -53)).toBe(2 ** -53);
});
