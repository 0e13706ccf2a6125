import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minimise } from '../../../../train/learn/text/minimise.js';

describe('minimise', () => {
  it('finds the bottom of any bowl Σ a_j (x_j − c_j)²', () => {
    const bowl = fc.array(
      fc.record({ a: fc.double({ min: 0.1, max: 10, noNaN: true }), c: fc.double({ min: -5, max: 5, noNaN: true }) }),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(bowl, (terms) => {
        const value = (x: Float64Array, gradient: Float64Array) =>
          terms.reduce((sum, { a, c }, j) => {
            gradient[j] = 2 * a * (x[j] - c);
            return sum + a * (x[j] - c) ** 2;
          }, 1);
        const x = minimise(value, new Float64Array(terms.length), { steps: 200, tolerance: 1e-12 });
        terms.forEach(({ c }, j) => {
          expect(x[j]).toBeCloseTo(c, 3);
        });
      }),
    );
  });
});
