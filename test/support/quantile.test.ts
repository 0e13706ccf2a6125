import { describe, expect, it } from 'vitest';
import { exceededBy, quantile } from '../../support/quantile.js';

describe('quantile', () => {
  it('interpolates between neighbours', () => {
    expect(quantile(Float64Array.of(1, 2, 4), 0.75)).toBe(3);
    expect(quantile(Float32Array.of(1, 2, 4), 0.25)).toBe(1.5);
  });

  it('is the least and the greatest value at the ends, and the only one of one', () => {
    const values = Float64Array.of(1, 2, 4);
    expect([quantile(values, 0), quantile(values, 1)]).toEqual([1, 4]);
    expect(quantile(Float64Array.of(7), 0.3)).toBe(7);
  });
});

describe('the value that a share exceeds', () => {
  it('is one of the values, in any order, and is exceeded by at most the share', () => {
    const values = Float64Array.from({ length: 100 }, (_, i) => (i * 37) % 100); // 0 … 99
    expect(exceededBy(values, 0.05)).toBe(95); // 96 … 99 are above: 4 of 100
    expect(exceededBy(values, 0.5)).toBe(50);
    expect(values[1]).toBe(37); // not sorted in place
  });

  it('is the greatest value where the share is less than one value', () => {
    expect(exceededBy(Float64Array.of(3, 1, 2), 0.05)).toBe(3);
  });
});
