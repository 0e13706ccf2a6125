import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logLossOf } from '../../../metrics/proper/log-loss.js';
import { calibrators } from '../../../models/calibrators/list.js';
import { sigmoid } from '../../../models/numbers.js';
import { runGraph } from '../../support/run-graph.js';
import { drawn } from './drawn.js';

const grid = Float64Array.from({ length: 401 }, (_, i) => (i - 200) / 20);
const extremes = Float64Array.of(-Infinity, -1e30, -80, -20, 0, 20, 80, 1e30, Infinity);

/** Any answers: few or many, logits tied or not, huge or infinite, labels soft or hard or all the same. */
const answers = fc
  .array(
    fc.record({
      z: fc.oneof(
        { weight: 8, arbitrary: fc.double({ min: -12, max: 12, noNaN: true }) },
        { weight: 4, arbitrary: fc.integer({ min: -3, max: 3 }) },
        { weight: 1, arbitrary: fc.constantFrom(...extremes) },
      ),
      y: fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true })),
      w: fc.constantFrom(1, 1, 0.25, 3, 0),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((rows) => ({
    logits: Float64Array.from(rows, (row) => row.z),
    y: Float64Array.from(rows, (row) => row.y),
    w: Float64Array.from(rows, (row) => row.w),
  }));

/** The largest distance between two lists. */
function farthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i])));
}

/** How far the graph may be from apply. */
const near: Record<string, number> = { isotonic: 3e-7 };

it('the list is simplest first', () => {
  const order = calibrators.map(({ complexity }) => complexity);
  expect(order).toEqual([...order].sort((a, b) => a - b));
  expect(new Set(order).size).toBe(order.length);
});

describe.each(calibrators)('$name', (calibrator) => {
  const { apply, emit, name } = calibrator;

  it('gives the same in TypeScript as in its graph', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 1e6 }),
        fc.double({ min: 0.2, max: 3, noNaN: true }),
        fc.array(fc.double({ min: -40, max: 40, noNaN: true }), { minLength: 1, maxLength: 30 }),
        async (seed, slope, at) => {
          const { logits, y, w } = drawn(`s${seed}`, 300, slope, 0.4);
          const parameters = calibrator.fit(logits, y, w);
          const x = Float32Array.from([...at, ...logits.subarray(0, 50), ...extremes, ...parameters]);
          const expected = apply(parameters, Float64Array.from(x));
          const got = await runGraph((graph, z) => emit(graph, parameters, z), x, 0);
          expect(farthest(got, expected)).toBeLessThan(near[name] ?? 1e-6);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('its graph agrees after any fit', async () => {
    await fc.assert(
      fc.asyncProperty(answers, async ({ logits, y, w }) => {
        const parameters = calibrator.fit(logits, y, w);
        const x = Float32Array.from([...grid.filter((_, i) => i % 10 === 0), ...logits]);
        const expected = apply(parameters, Float64Array.from(x));
        const got = await runGraph((graph, z) => emit(graph, parameters, z), x, 0);
        // float32 holds a logit of some tens to 4e-6, and a steep fit passes that on
        expect(farthest(got, expected)).toBeLessThan(5e-6);
      }),
      { numRuns: 50 },
    );
  });

  it('is a monotone probability after any fit, at any logit', () => {
    fc.assert(
      fc.property(answers, ({ logits, y, w }) => {
        const parameters = calibrator.fit(logits, y, w);
        for (const parameter of parameters) expect(Number.isFinite(parameter)).toBe(true);
        const p = apply(parameters, Float64Array.from([...extremes, ...grid, ...logits]).sort());
        expect(p[0]).toBeGreaterThanOrEqual(0);
        expect(p.at(-1)).toBeLessThanOrEqual(1);
        expect(p.every((value, i) => i === 0 || value >= p[i - 1] - 1e-12)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('weight 2 equals the row twice, weight 0 no row, a half-right row half a right and half a wrong row', () => {
    fc.assert(
      fc.property(answers, ({ logits, y, w }) => {
        const twice = (values: Float64Array) => Float64Array.from([...values, ...values]);
        const split = calibrator.fit(
          twice(logits),
          Float64Array.from([...y.map(() => 1), ...y.map(() => 0)]),
          Float64Array.from([...y.map((share, i) => share * w[i]), ...y.map((share, i) => (1 - share) * w[i])]),
        );
        const doubled = calibrator.fit(
          logits,
          y,
          w.map((by) => 2 * by),
        );
        const pairs = [
          [doubled, calibrator.fit(twice(logits), twice(y), twice(w))],
          [split, calibrator.fit(logits, y, w)],
        ];
        for (const [a, b] of pairs) expect(farthest(apply(a, grid), apply(b, grid))).toBeLessThan(1e-8);
      }),
      { numRuns: 50 },
    );
  });

  it('is never worse than no calibration on the answers it was fitted to', () => {
    const { logits, y, w } = drawn('fit', 3000, 0.5, -0.7);
    const loss = (p: Float64Array) => p.reduce((sum, v, i) => sum + logLossOf(v, y[i]), 0) / y.length;
    const fitted = loss(apply(calibrator.fit(logits, y, w), logits));
    expect(fitted).toBeLessThanOrEqual(loss(logits.map(sigmoid)) + 1e-9);
  });

  it('one class, constant logits, ten rows: still learns what can be learnt', () => {
    const ten = Float64Array.from({ length: 10 }, (_, i) => i / 3 - 1.5);
    const one = new Float64Array(10).fill(1);
    const mean = (p: Float64Array) => p.reduce((sum, v) => sum + v, 0) / p.length;
    const threeRight = one.map((_, i) => (i < 3 ? 1 : 0));
    const isFree = !['none', 'temperature'].includes(name); // the others may move σ(0)
    expect(mean(apply(calibrator.fit(ten, one, one), ten))).toBeGreaterThan(isFree ? 0.85 : 0.49);
    expect(mean(apply(calibrator.fit(ten, new Float64Array(10), one), ten))).toBeLessThan(isFree ? 0.15 : 0.51);
    const constant = apply(calibrator.fit(one, threeRight, one), one)[0];
    if (isFree)
      expect(Math.abs(constant - 0.3)).toBeLessThan(name === 'isotonic' ? 0.04 : 1e-4); // 4/12, by its two added answers
    else expect(constant).toBeGreaterThan(0.5);
  });
});
