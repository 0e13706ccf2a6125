import { describe, expect, it } from 'vitest';
import { chiSquareTail } from '../../../metrics/special/chi-square.js';
import { kolmogorovTail } from '../../../metrics/special/kolmogorov.js';

describe('chiSquareTail', () => {
  it('gives the usual quantiles back (tables; scipy.stats.chi2.sf)', () => {
    expect(chiSquareTail(3.841458820694124, 1)).toBeCloseTo(0.05, 10);
    expect(chiSquareTail(18.307038053275146, 10)).toBeCloseTo(0.05, 10);
    expect(chiSquareTail(124.34211340400407, 100)).toBeCloseTo(0.05, 10);
  });

  it('is exp(−x/2) for two degrees of freedom, far out too', () => {
    for (const x of [0.1, 1, 3, 10, 60]) expect(chiSquareTail(x, 2) / Math.exp(-x / 2)).toBeCloseTo(1, 9);
  });

  it('is 1 at 0', () => {
    expect(chiSquareTail(0, 5)).toBe(1);
  });
});

describe('kolmogorovTail', () => {
  const at = (x: number) => kolmogorovTail(x / (1e6 + 0.12 + 0.11e-6), 1e12);

  it('is the Kolmogorov distribution for many observations (scipy.stats.kstwobign.sf)', () => {
    expect(at(1.3580986393225505)).toBeCloseTo(0.05, 7);
    expect(at(1.6276236115189504)).toBeCloseTo(0.01, 7);
    expect(at(0.5)).toBeCloseTo(0.9639452436648751, 7);
  });

  it('is 1 without a difference', () => {
    expect(kolmogorovTail(0, 50)).toBe(1);
  });
});
