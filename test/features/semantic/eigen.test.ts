import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eigen } from '../../../features/semantic/eigen.js';

/** Symmetric matrices, some with repeated rows, zeros and large numbers. */
const entry = fc.oneof(fc.double({ min: -1, max: 1, noNaN: true }), fc.constantFrom(0, 1, 1e-9, 1000));
const symmetric = fc.integer({ min: 1, max: 12 }).chain((n) =>
  fc.array(entry, { minLength: n * n, maxLength: n * n }).map((values) => {
    const a = Float64Array.from(values);
    for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) a[i * n + j] = a[j * n + i];
    return { a, n };
  }),
);

describe('eigen', () => {
  it('gives eigenvectors of length 1 that are orthogonal, and A v = λ v', () => {
    fc.assert(
      fc.property(symmetric, ({ a, n }) => {
        const worked = a.slice();
        const vectors = new Float64Array(n * n);
        eigen(worked, n, vectors);
        const size = Math.max(1, ...a.map(Math.abs)) * n;
        for (let k = 0; k < n; k++) {
          for (let i = 0; i < n; i++) {
            let product = 0;
            for (let j = 0; j < n; j++) product += a[i * n + j] * vectors[j * n + k];
            expect(Math.abs(product - worked[k * n + k] * vectors[i * n + k])).toBeLessThan(1e-11 * size);
          }
          for (let l = 0; l <= k; l++) {
            let dot = 0;
            for (let j = 0; j < n; j++) dot += vectors[j * n + k] * vectors[j * n + l];
            expect(dot).toBeCloseTo(k === l ? 1 : 0, 11);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('gives the same eigenvalues without eigenvectors, whose sum is the trace', () => {
    fc.assert(
      fc.property(symmetric, ({ a, n }) => {
        const [bare, full] = [a.slice(), a.slice()];
        eigen(bare, n);
        eigen(full, n, new Float64Array(n * n));
        let [trace, sum] = [0, 0];
        for (let i = 0; i < n; i++) {
          expect(bare[i * n + i]).toBe(full[i * n + i]);
          trace += a[i * n + i];
          sum += bare[i * n + i];
        }
        expect(Math.abs(sum - trace)).toBeLessThan(1e-9);
      }),
      { numRuns: 100 },
    );
  });

  it('solves a matrix whose eigenvalues are known', () => {
    // [[2, −1, 0], [−1, 2, −1], [0, −1, 2]]: 2 − √2, 2, 2 + √2
    const a = Float64Array.of(2, -1, 0, -1, 2, -1, 0, -1, 2);
    eigen(a, 3);
    const values = [a[0], a[4], a[8]].sort((x, y) => x - y);
    [2 - Math.SQRT2, 2, 2 + Math.SQRT2].forEach((value, i) => {
      expect(values[i]).toBeCloseTo(value, 14);
    });
  });
});
