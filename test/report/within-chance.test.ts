import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chanceRange, isOff } from '../../report/within-chance.js';
import { fakeReport } from './fake-report.js';

const [slice] = fakeReport(1, 200).slices;
const row = (groups: number, meanProbability: number, right = meanProbability) => ({
  ...slice,
  groups,
  meanProbability,
  right,
});

it('is the central 99% of the binomial, worked by hand', () => {
  // n = 10, p = .5: P(0) = 1/1024 < .005, P(0) + P(1) = 11/1024 > .005.
  expect(chanceRange(row(10, 0.5))).toEqual({ low: 0.1, high: 0.9 });
  // n = 2, p = .99: P(0) = .0001, P(0) + P(1) = .0199.
  expect(chanceRange(row(2, 0.99))).toEqual({ low: 0.5, high: 1 });
  // n = 100, p = .5 (scipy.stats.binom.ppf(.005, 100, .5) = 37).
  expect(chanceRange(row(100, 0.5))).toEqual({ low: 0.37, high: 0.63 });
});

it('flags what lies outside, and nothing that one question could explain', () => {
  expect(isOff(row(100, 0.5, 0.36))).toBe(true);
  expect(isOff(row(100, 0.5, 0.37))).toBe(false);
  expect(isOff(row(1, 0.9, 0))).toBe(false);
  expect(isOff(row(100, 0.99, 0.6))).toBe(true);
  expect(isOff(row(0, 0.9, 0))).toBe(false);
});

it('leaves at most half a percent on either side, and no more room than that takes', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), fc.double({ min: 0.001, max: 0.999, noNaN: true }), (n, p) => {
      const { low, high } = chanceRange(row(n, p));
      const [from, to] = [Math.round(low * n), Math.round(high * n)];
      expect(below(n, p, from)).toBeLessThanOrEqual(0.005 + 1e-9);
      expect(below(n, p, from + 1)).toBeGreaterThan(0.005 - 1e-9);
      expect(below(n, 1 - p, n - to)).toBeLessThanOrEqual(0.005 + 1e-9);
      expect(below(n, 1 - p, n - to + 1)).toBeGreaterThan(0.005 - 1e-9);
    }),
    { numRuns: 200 },
  );
});

/** P(X < k) for X ~ Binomial(n, p), term by term in logs. */
function below(n: number, p: number, k: number): number {
  let sum = 0;
  let choose = 0;
  for (let i = 0; i < k; i++) {
    sum += Math.exp(choose + i * Math.log(p) + (n - i) * Math.log1p(-p));
    choose += Math.log(n - i) - Math.log(i + 1);
  }
  return sum;
}
