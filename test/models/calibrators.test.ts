import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logLossOf } from '../../metrics/log-loss.js';
import { calibrators } from '../../models/calibrators/list.js';
import { sigmoid } from '../../models/numbers.js';
import { random } from '../../support/random.js';
import { runGraph } from '../support/run-graph.js';

function sample(seed: string, n: number, slope: number, offset: number) {
  const draw = random(seed);
  const logits = Float64Array.from({ length: n }, () => 2 * draw.normal());
  const y = logits.map((z) => (draw.next() < sigmoid(slope * z + offset) ? 1 : 0));
  return { logits, y, w: new Float64Array(n).fill(1) };
}

describe.each(calibrators)('$name', (calibrator) => {
  it('applies in TypeScript as its graph does', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 1e6 }),
        fc.double({ min: 0.2, max: 3, noNaN: true }),
        fc.array(fc.double({ min: -40, max: 40, noNaN: true }), { minLength: 1, maxLength: 30 }),
        async (seed, slope, at) => {
          const { logits, y, w } = sample(`s${seed}`, 200, slope, 0.4);
          const parameters = calibrator.fit(logits, y, w);
          const x = Float32Array.from(at);
          const expected = calibrator.apply(parameters, Float64Array.from(x));
          const got = await runGraph((graph, z) => calibrator.emit(graph, parameters, z), x, 0);
          for (let i = 0; i < x.length; i++) expect(Math.abs(got[i] - expected[i])).toBeLessThan(3e-6);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('never loses to no calibration on what it was fitted to', () => {
    const { logits, y, w } = sample('fit', 3000, 0.5, -0.7);
    const loss = (p: Float64Array) => p.reduce((sum, v, i) => sum + logLossOf(v, y[i]), 0) / y.length;
    const fitted = loss(calibrator.apply(calibrator.fit(logits, y, w), logits));
    expect(fitted).toBeLessThanOrEqual(loss(logits.map(sigmoid)) + 1e-9);
  });

  it('is monotone', () => {
    const { logits, y, w } = sample('mono', 500, 1, 0);
    const p = calibrator.apply(
      calibrator.fit(logits, y, w),
      Float64Array.from({ length: 400 }, (_, i) => i / 20 - 10),
    );
    for (let i = 1; i < p.length; i++) expect(p[i]).toBeGreaterThanOrEqual(p[i - 1]);
  });
});

describe('platt', () => {
  it('finds the line the labels were drawn from', () => {
    const { logits, y, w } = sample('line', 100_000, 0.6, -0.5);
    const [a, b] = calibrators[2].fit(logits, y, w);
    expect(a).toBeCloseTo(0.6, 1);
    expect(b).toBeCloseTo(-0.5, 1);
  });
});

describe('isotonic', () => {
  it('pools violators: worked by hand', () => {
    const knots = calibrators[3].fit(
      Float64Array.of(0, 1, 2, 3),
      Float64Array.of(0, 1, 0, 1),
      new Float64Array(4).fill(1),
    );
    expect(knots).toEqual([0, 0.125, 1.5, 0.5, 3, 0.875]);
  });
});
