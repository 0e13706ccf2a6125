import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binned, bordersOf } from '../../../../train/learn/trees/bins.js';
import { columnsOf } from '../../../support/columns-of.js';

describe('bins', () => {
  it('parts all neighbours while they are few', () => {
    expect(bordersOf(Float32Array.of(0, 0, 1, 1, 1, 4), 3)).toEqual([0.5, 2.5]);
    expect(bordersOf(Float32Array.of(2, 2, 2), 8)).toEqual([]);
    expect(bordersOf(new Float32Array(0), 8)).toEqual([]);
  });

  it('gives a frequent value one bin and shares the rest out', () => {
    const sorted = Float32Array.of(1, 2, 3, 4, 5, 5, 5, 5, 5, 5, 6, 7, 8, 9);
    // Shares: 14/4 = 3.5, so 4 | 5 parts (the next value alone fills a bin); then 10/3: after the six 5s; then 4/2: after 6, 7.
    expect(bordersOf(sorted, 4)).toEqual([4.5, 5.5, 7.5]);
  });

  it('takes the lower value for a border where no float32 lies between, and below infinity', () => {
    const next = Math.fround(1 + 2 ** -23);
    expect(bordersOf(Float32Array.of(1, next), 4)).toEqual([1]);
    expect(bordersOf(Float32Array.of(1, Number.POSITIVE_INFINITY), 4)).toEqual([1]);
  });

  it('bins every value as its thresholds say: x > thresholds[b] where bin > b', () => {
    const value = fc.oneof(fc.float(), fc.constantFrom(Number.NaN, 0, 1, Number.POSITIVE_INFINITY));
    fc.assert(
      fc.property(fc.array(value, { minLength: 6, maxLength: 40 }), fc.integer({ min: 2, max: 6 }), (values, most) => {
        const x = Float32Array.from(values);
        const fit = Int32Array.from({ length: x.length - 3 }, (_, i) => i);
        const stop = Int32Array.of(x.length - 3, x.length - 2, x.length - 1);
        const { n, bins, columns, thresholds } = binned(columnsOf(x, 1), fit, stop, most);
        expect(n).toBe(x.length);
        expect([...columns]).toEqual([0]);
        expect(thresholds[0].length).toBeLessThanOrEqual(most);
        for (let i = 0; i < n; i++) {
          thresholds[0].forEach((t, b) => {
            expect(x[i] > t).toBe(bins[i] > b);
          });
        }
      }),
    );
  });
});
