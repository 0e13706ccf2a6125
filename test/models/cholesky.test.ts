import { describe, expect, it } from 'vitest';
import { cholesky, choleskySolve, FLOAT32_PIVOT, logDeterminant } from '../../models/cholesky.js';

describe('cholesky, worked by hand', () => {
  const l = cholesky(Float64Array.of(4, 2, 2, 3), 2);

  it('factor, solution, determinant', () => {
    expect([...l]).toEqual([2, 0, 1, Math.SQRT2]);
    const [x0, x1] = choleskySolve(l, Float64Array.of(8, 8)); // 4·1 + 2·2 = 8, 2·1 + 3·2 = 8
    expect(x0).toBeCloseTo(1, 14);
    expect(x1).toBeCloseTo(2, 14);
    expect(logDeterminant(l, 2)).toBeCloseTo(Math.log(8), 14);
  });
});

describe('cholesky', () => {
  it('solves A·x = b', () => {
    const a = Float64Array.of(4, 2, 0.4, 2, 3, 0.5, 0.4, 0.5, 2);
    const b = Float64Array.of(1, -2, 3);
    const x = choleskySolve(cholesky(a, 3), b);
    for (let i = 0; i < 3; i++)
      expect(a[3 * i] * x[0] + a[3 * i + 1] * x[1] + a[3 * i + 2] * x[2]).toBeCloseTo(b[i], 12);
  });

  it('takes the mean of two halves that differ', () => {
    expect(cholesky(Float64Array.of(4, 1, 3, 3), 2)).toEqual(cholesky(Float64Array.of(4, 2, 2, 3), 2));
  });

  it('lifts a pivot that rounding made negative to the least share of its diagonal', () => {
    const a = Float64Array.of(1, 1, 1, 1 - 1e-9);
    expect(cholesky(a, 2, FLOAT32_PIVOT)[3]).toBeCloseTo(1e-4, 12);
    expect(cholesky(a, 2)[3]).toBeCloseTo(Math.sqrt(Number.EPSILON), 12);
  });
});
