import { describe, expect, it } from 'vitest';
import { sigmoid } from '../../../../models/numbers.js';
import { random } from '../../../../support/random.js';
import type { EncodedRows } from '../../../../train/learn/encoded-rows.js';
import { fitRidge, type Linear } from '../../../../train/learn/logistic/newton.js';
import { tf } from '../../../support/tf-cpu.js';

function simulated(n: number, d: number): EncodedRows {
  const draw = random('newton');
  const x = Float32Array.from({ length: n * d }, () => draw.normal());
  const y = Float64Array.from({ length: n }, (_, i) => (x[i * d] - 0.5 * x[i * d + 1] + draw.normal() > 0.7 ? 1 : 0));
  return { x, y, w: Float64Array.from({ length: n }, () => 0.5 + draw.next()) };
}

/** Σ w·(p − y)·x_j + penalty_j·weight_j, the intercept's last: 0 at the optimum. */
function gradientAt(
  { x, y, w }: EncodedRows,
  d: number,
  { weights, intercept }: Linear,
  penalties: ArrayLike<number>,
): number[] {
  const gradient = Array.from({ length: d + 1 }, (_, j) => (j < d ? penalties[j] * weights[j] : 0));
  for (let i = 0; i < y.length; i++) {
    const z = weights.reduce((sum, weight, j) => sum + weight * x[i * d + j], intercept);
    const residual = w[i] * (sigmoid(z) - y[i]);
    for (let j = 0; j <= d; j++) gradient[j] += residual * (j < d ? x[i * d + j] : 1);
  }
  return gradient;
}

describe('ridge logistic regression', () => {
  it('with no signal is the base rate and its weights 0', async () => {
    const rows = { x: new Float32Array(8), y: Float64Array.of(1, 1, 1, 0), w: new Float64Array(4).fill(1) };
    const { weights, intercept } = await fitRidge(tf, 2, rows, 1);
    expect(intercept).toBeCloseTo(Math.log(3), 9);
    expect([...weights]).toEqual([0, 0]);
  });

  it('one weight by hand: x = ±1, y = x > 0, penalty 2: 2·weight = n·(1 − σ(weight))', async () => {
    const rows = { x: Float32Array.of(1, -1), y: Float64Array.of(1, 0), w: new Float64Array(2).fill(1) };
    const { weights, intercept } = await fitRidge(tf, 1, rows, 2);
    expect(intercept).toBeCloseTo(0, 6);
    expect(2 * weights[0]).toBeCloseTo(2 * (1 - sigmoid(weights[0])), 3);
  });

  it.each([
    ['all rows in the Hessian', 3000],
    ['every third row in the Hessian', 26_000],
  ])('reaches the optimum: %s', async (_, n) => {
    const d = 12;
    const rows = simulated(n, d);
    const penalties = Float64Array.from({ length: d }, (_, j) => (j < 6 ? 3 : 300));
    const gradient = gradientAt(rows, d, await fitRidge(tf, d, rows, penalties), penalties);
    for (const slope of gradient) expect(Math.abs(slope) / n).toBeLessThan(1e-4);
  });

  it('reaches the optimum where the rows repeat a pattern: every second row alone has the last input', async () => {
    const [n, d] = [24_000, 4];
    const rows = simulated(n, d);
    const draw = random('pattern');
    for (let i = 0; i < n; i++) rows.x[i * d + 3] = i % 2 === 1 ? 2 * rows.y[i] - 1 + draw.normal() : 0;
    const penalties = new Float64Array(d).fill(1);
    const fit = await fitRidge(tf, d, rows, penalties);
    for (const slope of gradientAt(rows, d, fit, penalties)) expect(Math.abs(slope) / n).toBeLessThan(1e-4);
    expect(fit.weights[3]).toBeGreaterThan(0.5);
  });

  it('a penalty of each weight holds back only its own', async () => {
    const rows = simulated(2000, 2);
    const free = await fitRidge(tf, 2, rows, 0.1);
    const held = await fitRidge(tf, 2, rows, Float64Array.of(0.1, 1e7));
    expect(Math.abs(held.weights[1])).toBeLessThan(1e-3);
    expect(held.weights[0]).toBeGreaterThan(0.7 * free.weights[0]);
  });
});
