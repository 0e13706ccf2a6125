import { describe, expect, it } from 'vitest';
import { encode, encodedWidth } from '../../../../models/encoder.js';
import { fitEncoder } from '../../../../models/fit-encoder.js';
import { sigmoid } from '../../../../models/numbers.js';
import { random } from '../../../../support/random.js';
import { fitSimple, simpleFold } from '../../../../train/learn/logistic/simple.js';

const schema = { topK: 0, numeric: ['idle@1', 'telling@1', 'twin@1'], categorical: [] };

/** Three signals; the second tells, and is missing in a quarter of the rows, which are right in 9 of 10 cases; the third with it. */
function drawn(n: number) {
  const draw = random('one signal');
  const numeric = new Float32Array(3 * n);
  const y = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const skill = draw.normal();
    const isMissing = i % 4 === 0;
    numeric.set([draw.normal(), isMissing ? Number.NaN : skill, isMissing ? Number.NaN : draw.normal()], 3 * i);
    y[i] = draw.next() < (isMissing ? 0.9 : sigmoid(2 * skill)) ? 1 : 0;
  }
  const rows = Int32Array.from({ length: n }, (_, i) => i);
  const encoder = fitEncoder(numeric, new Int32Array(0), rows, schema);
  const x = encode(encoder, numeric, new Int32Array(0), rows);
  return { encoder, fit: { x, y, w: new Float64Array(n).fill(1) }, width: encodedWidth(encoder) };
}

describe('the simple ways', () => {
  const n = 800;
  const { encoder, fit, width } = drawn(n);
  const fold = Int32Array.from({ length: n }, (_, i) => simpleFold(i));
  const { rate, signal, column } = fitSimple(fit, fold, encoder, width, 3);

  it('give the base rate, held half an answer away from 0 and 1', () => {
    const right = fit.y.reduce((sum, y) => sum + y, 0);
    expect(sigmoid(rate.intercept)).toBeCloseTo((right + 0.5) / (n + 1), 12);
    expect(rate.weights.every((weight) => weight === 0)).toBe(true);
    const ones = { ...fit, y: fit.y.map(() => 1) };
    expect(sigmoid(fitSimple(ones, fold, encoder, width, 0).rate.intercept)).toBeCloseTo((n + 0.5) / (n + 1), 12);
  });

  it('find the signal that tells, and weigh nothing but it and its flag', () => {
    expect(column).toBe(1);
    expect(encoder.indicators).toHaveLength(1);
    expect(Array.from(signal.weights, (weight, j) => (weight === 0 ? -1 : j)).filter((j) => j >= 0)).toEqual([1, 3]);
  });

  it('solve for it: the gradient is 0 but for the little that holds the weights back', () => {
    const gradient = [0, 0, 0];
    for (let i = 0; i < n; i++) {
      const inputs = [fit.x[i * width + 1], fit.x[i * width + 3], 1];
      const z = signal.weights[1] * inputs[0] + signal.weights[3] * inputs[1] + signal.intercept;
      for (let a = 0; a < 3; a++) gradient[a] += (sigmoid(z) - fit.y[i]) * inputs[a];
    }
    expect(gradient[0]).toBeCloseTo(-0.1 * signal.weights[1], 2);
    expect(gradient[1]).toBeCloseTo(-0.1 * signal.weights[3], 2);
    expect(gradient[2]).toBeCloseTo(0, 2);
  });

  it('stay finite where a signal parts the classes, and give the base rate where there is no signal', () => {
    const parted = { ...fit, y: Float64Array.from({ length: n }, (_, i) => (fit.x[i * width] > 0 ? 1 : 0)) };
    const found = fitSimple(parted, fold, encoder, width, 3);
    expect(found.column).toBe(0);
    expect(Math.abs(found.signal.weights[0])).toBeLessThan(100);
    expect(fitSimple(fit, fold, encoder, width, 0)).toMatchObject({ column: -1, signal: rate });
  });
});
