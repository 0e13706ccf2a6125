import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cholesky, solve, solveLower, solveUpper } from '../../../../train/learn/linear-system.js';
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

describe('linear systems', () => {
  const a = Float64Array.of(4, 2, 0.4, 2, 3, 0.5, 0.4, 0.5, 2);
  const b = Float64Array.of(1, -2, 3);

  it('are solved: A·x = b', () => {
    const x = solve(a, b, 3);
    for (let i = 0; i < 3; i++)
      expect(a[3 * i] * x[0] + a[3 * i + 1] * x[1] + a[3 * i + 2] * x[2]).toBeCloseTo(b[i], 12);
  });

  it('in two halves: L·Lᵀ = A', () => {
    const l = cholesky(a, 3);
    expect(l[0]).toBe(2);
    expect(solveUpper(l, solveLower(l, b, 3), 3)).toEqual(solve(a, b, 3));
  });
});
