import { describe, expect, it } from 'vitest';
import { logLossOfLogit, sigmoid } from '../../../../models/numbers.js';
import { random } from '../../../../support/random.js';
import type { EncodedRows } from '../../../../train/learn/encoded-rows.js';
import { dropOne } from '../../../../train/learn/logistic/drop-one.js';
import { fitRidge, linear } from '../../../../train/learn/logistic/newton.js';
import { tf } from '../../../support/tf-cpu.js';

const d = 5;
const draw = random('drop');
function rows(n: number): EncodedRows {
  const x = Float32Array.from({ length: n * d }, () => draw.normal());
  for (let i = 0; i < n; i++) x[i * d + 4] = x[i * d] + 0.3 * draw.normal(); // the fifth nearly repeats the first
  const y = Float64Array.from({ length: n }, (_, i) =>
    draw.next() < sigmoid(1.2 * x[i * d] - 0.8 * x[i * d + 1]) ? 1 : 0,
  );
  return { x, y, w: new Float64Array(n).fill(1) };
}

describe('drop-one', () => {
  it('gives what fitting anew without the inputs gives, to second order', async () => {
    const [fit, held] = [rows(3000), rows(3000)];
    const penalty = 3;
    const solution = await fitRidge(tf, d, fit, penalty);
    const sets = [[0], [1], [2], [0, 4]];
    const penalties = new Float64Array(d).fill(penalty);
    const rise = dropOne(d, fit, held, { ...solution, penalties }, sets);
    for (const [k, set] of sets.entries()) {
      const without = { ...fit, x: fit.x.map((value, i) => (set.includes(i % d) ? 0 : value)) };
      const anew = await fitRidge(tf, d, without, penalty);
      const loss = (weights: Float64Array, intercept: number) => {
        const z = new Float64Array(3000);
        linear(held.x, d, Float64Array.of(...weights, intercept), z);
        return z.reduce((sum, v, i) => sum + logLossOfLogit(v, held.y[i]), 0) / 3000;
      };
      const zeroed = anew.weights.map((weight, j) => (set.includes(j) ? 0 : weight));
      const expected = loss(zeroed, anew.intercept) - loss(solution.weights, solution.intercept);
      expect(Math.abs(rise[k] - expected)).toBeLessThan(0.004 + 0.1 * Math.abs(expected));
    }
    expect(rise[2]).toBeLessThan(0.001); // the third says nothing
    expect(rise[3]).toBeGreaterThan(5 * rise[0]); // alone the first is made up for by its near copy
  });
});
