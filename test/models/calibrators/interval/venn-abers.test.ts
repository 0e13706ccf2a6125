import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coarser } from '../../../../bench/interval/venn-abers/coarser.js';
import { applyVennAbers, fitVennAbers } from '../../../../bench/interval/venn-abers/fit.js';
import { insertionFits } from '../../../../bench/interval/venn-abers/insertion-fits.js';
import { roundedDown } from '../../../../bench/interval/venn-abers/rounded-down.js';
import { pav } from '../../../../metrics/calibration/pav.js';
import { emitVennAbers } from '../../../../models/calibrators/interval/venn-abers.js';
import { random } from '../../../../support/random.js';
import { runGraph } from '../../../support/run-graph.js';
import { drawn } from '../drawn.js';

/** By definition: the isotonic fit at z to the answers and one more there, for label 0 and for label 1. */
function byDefinition(z: Float64Array, y: Float64Array, w: Float64Array, at: number): [number, number] {
  const fitAt = (label: number) =>
    pav(Float64Array.of(...z, at), Float64Array.of(...y, label), Float64Array.of(...w, 1)).at(-1) as number;
  return [fitAt(0), fitAt(1)];
}

const answers = fc
  .array(
    fc.record({
      z: fc.integer({ min: -6, max: 6 }).map((i) => i / 4),
      y: fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true })),
      w: fc.constantFrom(1, 1, 2, 0.3),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((rows) => ({
    logits: Float64Array.from(rows, (row) => row.z),
    y: Float64Array.from(rows, (row) => row.y),
    w: Float64Array.from(rows, (row) => row.w),
  }));

describe('Venn–Abers', () => {
  it('by hand: wrong at 0, right at 1', () => {
    const fitted = fitVennAbers(Float64Array.of(0, 1), Float64Array.of(0, 1), Float64Array.of(1, 1));
    const { low, high } = applyVennAbers(fitted, Float64Array.of(-1, 0, 0.5, 1, 2));
    const nearly = (values: number[]) => values.map((value) => expect.closeTo(value, 6));
    expect([...low]).toEqual(nearly([0, 0, 0, 1 / 2, 1 / 2])); // at 1: 0 | 1, 0; above: 0 | 1, 0 pooled
    expect([...high]).toEqual(nearly([1 / 2, 1 / 2, 1, 1, 1])); // at 0: 0, 1 | 1; below: 1, 0 pooled | 1
  });

  it('equals its definition at and between the answers, to float32', () => {
    fc.assert(
      fc.property(answers, ({ logits, y, w }) => {
        const at = Float64Array.from({ length: 31 }, (_, i) => (i - 15) / 8);
        const { low, high } = applyVennAbers(fitVennAbers(logits, y, w), at);
        at.forEach((z, i) => {
          const [p0, p1] = byDefinition(logits, y, w, z);
          expect(Math.abs(low[i] - p0) + Math.abs(high[i] - p1)).toBeLessThan(2.5e-7);
        });
      }),
      { numRuns: 100 },
    );
  });

  it('p0 ≤ p1, both rise with the logit, both in [0, 1]', () => {
    fc.assert(
      fc.property(answers, ({ logits, y, w }) => {
        const at = Float64Array.of(-Infinity, -1e30, ...logits, 1e30, Infinity).sort();
        const { low, high } = applyVennAbers(fitVennAbers(logits, y, w), at);
        expect(low.every((p, i) => p >= 0 && p <= high[i] && high[i] <= 1)).toBe(true);
        expect(low.every((p, i) => i === 0 || (p >= low[i - 1] && high[i] >= high[i - 1]))).toBe(true);
      }),
    );
  });

  it('is valid: with each answer left out in turn, the bound for its own label is right on average', () => {
    const { logits, y, w } = drawn('valid', 300, 0.4, 0.8);
    let gap = 0;
    for (let i = 0; i < y.length; i++) {
      const others = (values: Float64Array) => values.filter((_, j) => j !== i);
      const own = applyVennAbers(fitVennAbers(others(logits), others(y), others(w)), logits.subarray(i, i + 1));
      gap += y[i] - (y[i] === 1 ? own.high[0] : own.low[0]);
    }
    expect(Math.abs(gap)).toBeLessThan(300 * 1e-7); // 0 but for rounding outwards to float32
  });

  it('a half-right answer equals half a right and half a wrong one; weight 2 equals the row twice', () => {
    const { logits, w } = drawn('shares', 50, 1, 0);
    const twice = (values: Float64Array) => Float64Array.from([...values, ...values]);
    const soft = fitVennAbers(
      logits,
      w.map(() => 0.5),
      w.map(() => 2),
    );
    const hard = fitVennAbers(
      twice(logits),
      Float64Array.from({ length: 100 }, (_, i) => (i < 50 ? 1 : 0)),
      twice(w),
    );
    expect(soft).toEqual(hard);
  });

  it('one class, one answer, constant or infinite logits: always finite numbers', () => {
    const infinite = Float64Array.of(-Infinity, Infinity, Infinity);
    for (const [z, y] of [
      [Float64Array.of(0.3), Float64Array.of(1)],
      [new Float64Array(10), new Float64Array(10)],
      [new Float64Array(10).fill(2), Float64Array.from({ length: 10 }, (_, i) => i % 2)],
      [infinite, Float64Array.of(0, 1, 0)],
    ]) {
      const { low, high } = applyVennAbers(
        fitVennAbers(
          z,
          y,
          y.map(() => 1),
        ),
        Float64Array.of(-Infinity, 0, 2, Infinity),
      );
      expect(low.every((p, i) => p >= 0 && p <= high[i] && high[i] <= 1)).toBe(true);
    }
    // ten wrong answers at 0: an eleventh that is right makes 1/11
    const fitted = fitVennAbers(new Float64Array(10), new Float64Array(10), new Float64Array(10).fill(1));
    expect(applyVennAbers(fitted, Float64Array.of(0)).high[0]).toBeCloseTo(1 / 11, 6);
  });

  it('the graph gives the same, bit for bit', async () => {
    const { logits, y, w } = drawn('graph', 2000, 0.7, 0.1);
    const fitted = fitVennAbers(logits, y, w);
    const x = Float32Array.from([...logits, ...fitted.lowAt, ...fitted.highAt, -1e30, 1e30]);
    const { low, high } = applyVennAbers(fitted, Float64Array.from(x));
    const run = (bound: 'low' | 'high') => runGraph((graph, z) => emitVennAbers(graph, fitted, z)[bound], x, 0);
    expect(await run('low')).toEqual(Float32Array.from(low));
    expect(await run('high')).toEqual(Float32Array.from(high));
    expect(Float64Array.from(Float32Array.from(low))).toEqual(low);
  });

  it('joins steps only outwards, by at most 4e-3: 5,000 soft labels that rise with the logit', () => {
    const draw = random('joined');
    const z = Float64Array.from({ length: 5000 }, (_, i) => Math.fround((i - 2500) / 500));
    const y = z.map((at) => Math.min(Math.max(0.5 + at / 10 + 0.001 * draw.normal(), 0), 1));
    const w = new Float64Array(5000).fill(1);
    const fitted = fitVennAbers(z, y, w);
    expect(fitted.high.length).toBeLessThanOrEqual(257);
    expect(fitted.low.length).toBeLessThanOrEqual(257);
    const { low, high } = applyVennAbers(fitted, z);
    for (let i = 0; i < z.length; i += 250) {
      const [p0, p1] = byDefinition(z, y, w, z[i]);
      expect(low[i]).toBeLessThanOrEqual(p0);
      expect(low[i]).toBeGreaterThan(p0 - 4.001e-3);
      expect(high[i]).toBeGreaterThanOrEqual(p1);
      expect(high[i]).toBeLessThan(p1 + 4.001e-3);
    }
  });
});

describe('its parts, worked by hand', () => {
  it('insertion: 0, 1 with a right answer added at each', () => {
    expect([...insertionFits([1, 1], [0, 1])]).toEqual([0.5, 1]);
    expect([...insertionFits([1, 1, 2], [1, 0, 1])]).toEqual([0.6, 0.6, 2 / 3]); // 1+1+0+1 of 5; 1+(1+0)+1 of 5; 2 of 3 above 1/2
  });

  it('joining: exact if there are few steps, else at the larger value', () => {
    const z = [0, 1, 2, 3];
    expect(coarser(z, [0.1, 0.1, 0.3, 0.9], 3)).toEqual({ at: [1, 2, 3], value: [0.1, 0.3, 0.9] });
    expect(coarser(z, [0.1, 0.1005, 0.3, 0.9], 3)).toEqual({ at: [1, 2, 3], value: [0.1005, 0.3, 0.9] });
  });

  it('rounds down to float32', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (x) => {
        const down = roundedDown(x);
        expect(down).toBeLessThanOrEqual(x);
        expect(Math.fround(down)).toBe(down);
        expect(x - down).toBeLessThanOrEqual(Math.max(Math.abs(x) * 2 ** -23, 2 ** -149));
      }),
    );
  });
});
