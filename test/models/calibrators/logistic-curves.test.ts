import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beta } from '../../../models/calibrators/beta.js';
import { LEAST_SLOPE } from '../../../models/calibrators/bounds.js';
import { platt } from '../../../models/calibrators/platt.js';
import { diagonal, fitBoundedLogistic } from '../../../models/calibrators/solve/bounded-logistic.js';
import { spline } from '../../../models/calibrators/spline.js';
import { logit, sigmoid } from '../../../models/numbers.js';
import { random } from '../../../support/random.js';
import { drawn } from './drawn.js';

describe('bounded logistic regression', () => {
  it('no step from the solution gains: along any coefficient, both ways unless at its bound', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e6 }),
        fc.integer({ min: 2, max: 40 }),
        fc.integer({ min: 1, max: 4 }),
        (seed, n, k) => {
          const draw = random(seed);
          const columns = Array.from({ length: k }, () => Float64Array.from({ length: n }, () => 2 * draw.normal()));
          const y = Float64Array.from({ length: n }, () => (draw.next() < 0.5 ? draw.next() : draw.int(2)));
          const w = Float64Array.from({ length: n }, () => draw.next() + 0.1);
          const lower = columns.map(() => (draw.next() < 0.5 ? Number.NEGATIVE_INFINITY : 0.1));
          const problem = { columns, y, w, lower, centre: columns.map(() => 1), penalty: diagonal(w.subarray(0, k)) };
          if (k > n) return;
          const { coefficients, loss } = fitBoundedLogistic(problem);
          const lossAt = (theta: Float64Array) => {
            let sum = 0;
            for (let i = 0; i < n; i++) {
              const m = columns.reduce((total, column, j) => total + theta[j] * column[i], 0);
              sum += w[i] * (Math.log1p(Math.exp(-Math.abs(m))) + Math.max(m, 0) - y[i] * m);
            }
            return theta.reduce((total, value, j) => total + (w[j] / 2) * (value - 1) ** 2, sum);
          };
          expect(lossAt(coefficients)).toBeCloseTo(loss, 9);
          for (let j = 0; j < k; j++) {
            for (const by of [-1e-3, 1e-3]) {
              const moved = coefficients.map((value, l) => (l === j ? value + by : value));
              if (moved[j] >= lower[j]) expect(lossAt(moved)).toBeGreaterThan(loss);
            }
            expect(coefficients[j]).toBeGreaterThanOrEqual(lower[j]);
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('the order is kept', () => {
  it('labels that fall with the logit give the smallest slope, not a falling or flat line', () => {
    const { logits, y, w } = drawn('falling', 500, -1, 0);
    const [a, b] = platt.fit(logits, y, w);
    expect(a).toBe(LEAST_SLOPE);
    expect(sigmoid(b)).toBeCloseTo(y.reduce((sum, value) => sum + value, 0) / 500, 2);
    expect(beta.fit(logits, y, w).slice(0, 2)).toEqual([LEAST_SLOPE, LEAST_SLOPE]);
  });
});

describe('platt', () => {
  it('finds the line the labels were drawn from', () => {
    const { logits, y, w } = drawn('line', 100_000, 0.6, -0.5);
    const [a, b] = platt.fit(logits, y, w);
    expect(Math.abs(a - 0.6)).toBeLessThan(0.02);
    expect(Math.abs(b + 0.5)).toBeLessThan(0.03);
  });
});

describe('beta', () => {
  it('by hand: a = b is Platt, b = 0 ends at σ(c), a = 0 begins there', () => {
    const z = Float64Array.of(-2, 0, 3);
    expect([...beta.apply([0.7, 0.7, 0.2], z)]).toEqual(
      [...z].map((at) => expect.closeTo(sigmoid(0.7 * at + 0.2), 14)),
    );
    expect(beta.apply([1, 0, 0.5], Float64Array.of(Number.POSITIVE_INFINITY))[0]).toBe(sigmoid(0.5));
    expect(beta.apply([0, 1, 0.5], Float64Array.of(Number.NEGATIVE_INFINITY))[0]).toBe(sigmoid(0.5));
    expect(beta.apply([2, 3, 0.1], Float64Array.of(0))[0]).toBeCloseTo(
      sigmoid(2 * Math.log(0.5) - 3 * Math.log(0.5) + 0.1),
      14,
    );
  });
});

describe('spline', () => {
  const logitAt = (parameters: number[], z: number) => logit(spline.apply(parameters, Float64Array.of(z))[0]);

  it('by hand: slope 1 up to 0, rising to 3 at 2, 3 beyond; f(0) = 0.5', () => {
    const parameters = [0, 2, 1, 3, 0.5];
    expect(logitAt(parameters, -2)).toBeCloseTo(-1.5, 9);
    expect(logitAt(parameters, 1)).toBeCloseTo(0.5 + 1 + 0.5, 9); // ∫ 1 + u du
    expect(logitAt(parameters, 2)).toBeCloseTo(4.5, 9);
    expect(logitAt(parameters, 3)).toBeCloseTo(7.5, 9);
  });

  it('is Platt where a line is the truth', () => {
    const { logits, y, w } = drawn('line', 20_000, 0.7, 0.3);
    const [curve, [a, b]] = [spline.fit(logits, y, w), platt.fit(logits, y, w)];
    for (const z of [-4, -2, 0, 2, 4]) expect(Math.abs(logitAt(curve, z) - (a * z + b))).toBeLessThan(0.15);
  });

  it('follows a bend that a line cannot, and keeps rising beyond the answers', () => {
    const draw = random('bend');
    const truth = (z: number) => (z < 0 ? 0.3 * z : 1.2 * z);
    const logits = Float64Array.from({ length: 40_000 }, () => 2 * draw.normal());
    const y = logits.map((z) => (draw.next() < sigmoid(truth(z)) ? 1 : 0));
    const curve = spline.fit(logits, y, new Float64Array(y.length).fill(1));
    for (const z of [-4, -2, 1, 2, 3]) expect(Math.abs(logitAt(curve, z) - truth(z))).toBeLessThan(0.2);
    expect(logitAt(curve, 15) - logitAt(curve, 10)).toBeGreaterThan(2);
    expect(logitAt(curve, -10) - logitAt(curve, -15)).toBeGreaterThan(0.5);
  });
});
