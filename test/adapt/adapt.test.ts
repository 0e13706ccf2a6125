import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adapt } from '../../adapt/adapt.js';
import { correctedLogits, type Transferred } from '../../adapt/correction.js';
import { easedPath } from '../../adapt/eased.js';
import { fitCorrection } from '../../adapt/fit-correction.js';
import { lineThrough } from '../../adapt/line.js';
import { recentredShift } from '../../adapt/recentred-shift.js';
import { spanOf } from '../../adapt/span.js';
import { logLossOfLogit, sigmoid } from '../../models/numbers.js';
import { random } from '../../support/random.js';
import { PILOT, weightPenalties } from '../../train/learn/ridge-path.js';

const HELD = Number.POSITIVE_INFINITY;
const all = (n: number) => Int32Array.from({ length: n }, (_, i) => i);

/** n answers with logits of spread 1.5 and d inputs that say nothing; labels drawn from σ(level + slope·z + x·push). */
function drawn(n: number, d: number, seed: string, { level = 0, slope = 1, push = 0 } = {}): Transferred {
  const draw = random(seed);
  const z = Float64Array.from({ length: n }, () => 1.5 * draw.normal());
  const x = Float32Array.from({ length: n * d }, () => 0.5 * draw.normal());
  const y = z.map((value, i) => (draw.next() < sigmoid(level + slope * value + push * x[i * d]) ? 1 : 0));
  return { z, x, d, y, w: new Float64Array(n).fill(1) };
}

describe('a correction', () => {
  it('is Platt by hand: 3 of 4 right at z = 1, 1 of 4 at z = −1 gives slope ln 3, level 0', () => {
    const data = {
      z: Float64Array.of(1, 1, 1, 1, -1, -1, -1, -1),
      x: new Float32Array(8),
      d: 1,
      y: Float64Array.of(1, 1, 1, 0, 1, 0, 0, 0),
      w: new Float64Array(8).fill(1),
    };
    const free = fitCorrection(all(8), data, { centre: 1, intercept: 1e-9, slope: 1e-9, weights: HELD });
    expect(free.slope).toBeCloseTo(Math.log(3), 5);
    expect(free.intercept).toBeCloseTo(0, 6);
    const level = fitCorrection(
      all(8),
      { ...data, z: new Float64Array(8), y: data.y.map((_, i) => (i < 6 ? 1 : 0)) },
      {
        centre: 1,
        intercept: 1e-9,
        slope: HELD,
        weights: HELD,
      },
    );
    expect(level.intercept).toBeCloseTo(Math.log(3), 5);
    expect(level.slope).toBe(1);
  });

  it('meets the first-order condition of its ridge: Σ w (p − y) t + pull (θ − centre) = 0', () => {
    const data = drawn(80, 5, 'ridge', { level: 0.7, push: 1 });
    const pull = { centre: 1, intercept: 0.5, slope: 3, weights: 2 } as const;
    const fit = fitCorrection(all(80), data, pull);
    const error = correctedLogits(fit, data).map((logit, i) => sigmoid(logit) - data.y[i]);
    const sum = (term: (i: number) => number) => error.reduce((total, e, i) => total + e * term(i), 0);
    expect(sum(() => 1) + 0.5 * fit.intercept).toBeCloseTo(0, 2);
    expect(sum((i) => data.z[i]) + 3 * (fit.slope - 1)).toBeCloseTo(0, 2);
    for (let j = 0; j < 5; j++) expect(sum((i) => data.x[i * 5 + j]) + 2 * fit.weights[j]).toBeCloseTo(0, 2);
  });

  it('comes to the same from a fit nearby', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.constantFrom(0.3, 3, 30), (seed, weights) => {
        const data = drawn(60, 8, `near ${seed}`, { push: 2 });
        const pull = { centre: 0, intercept: 0.01, slope: 1, weights } as const;
        const inside = all(48);
        const own = correctedLogits(fitCorrection(inside, data, pull), data);
        const near = correctedLogits(fitCorrection(inside, data, pull, fitCorrection(all(60), data, pull)), data);
        own.forEach((logit, i) => {
          expect(Math.abs(logit - near[i])).toBeLessThan(0.05);
        });
      }),
      { numRuns: 20 },
    );
  });

  it('holds what a pilot found large less: optimum of the ridge whose penalties that pilot gives, fewer rows than inputs', () => {
    const n = 40;
    const d = 60;
    const data = drawn(n, d, 'eased', { push: 4 });
    const pulls = [30, 3].map((weights) => ({ centre: 0, intercept: 0.01, slope: HELD, weights }) as const);
    const pilot = fitCorrection(all(n), data, { ...pulls[0], weights: PILOT });
    const penalty = weightPenalties({ penalty: 3, adaptive: 2 }, pilot.weights);
    const { intercept, slope, weights } = easedPath(all(n), data, spanOf(data.x, n, d), pulls)[1];
    expect(slope).toBe(0);
    const error = correctedLogits({ intercept, slope, weights }, data).map((logit, i) => sigmoid(logit) - data.y[i]);
    const sum = (term: (i: number) => number) => error.reduce((total, e, i) => total + e * term(i), 0);
    expect(sum(() => 1) + 0.01 * intercept).toBeCloseTo(0, 1);
    for (let j = 0; j < d; j++) expect(sum((i) => data.x[i * d + j]) / penalty[j] + weights[j]).toBeCloseTo(0, 1);
    const plain = fitCorrection(all(n), data, pulls[1]);
    expect(Math.abs(weights[0])).toBeGreaterThan(1.2 * Math.abs(plain.weights[0]));
  });

  it('is the same in the span of the rows as on all inputs, where these are more', () => {
    const data = drawn(20, 50, 'span', { push: 1 });
    const span = spanOf(data.x, 20, 50);
    expect(span.r).toBe(20);
    const pull = { centre: 1, intercept: 0.1, slope: 1, weights: 3 } as const;
    const whole = fitCorrection(all(20), data, pull);
    const inner = fitCorrection(all(20), { ...data, x: span.x, d: span.r }, pull);
    span.back(inner.weights).forEach((weight, j) => {
      expect(weight).toBeCloseTo(whole.weights[j], 3);
    });
  });
});

describe('adapting', () => {
  const groups = (n: number) => Array.from({ length: n }, (_, i) => `q${i >> 1}`);
  const lossOf = (logits: Float64Array, { y }: Transferred) =>
    logits.reduce((sum, z, i) => sum + logLossOfLogit(z, y[i]), 0) / y.length;

  it('leaves a predictor nearly as it is on labels drawn from that predictor', () => {
    const excess: number[] = [];
    for (let k = 0; k < 8; k++) {
      const { correction } = adapt(drawn(200, 20, `same ${k}`), 0.5, groups(200), 5, random(k));
      expect(Math.abs(correction.intercept)).toBeLessThan(0.5);
      expect(Math.abs(correction.slope - 1)).toBeLessThan(0.35);
      const fresh = drawn(4000, 20, `fresh ${k}`);
      excess.push(lossOf(correctedLogits(correction, fresh), fresh) - lossOf(fresh.z, fresh));
    }
    expect(excess.reduce((sum, value) => sum + value, 0) / 8).toBeLessThan(0.008);
  });

  it('keeps to it more where the answers look like the training answers', () => {
    const far = [0, 1].map((familiar) => {
      const moved = Array.from({ length: 6 }, (_, k) => {
        const few = drawn(50, 20, `few ${k}`);
        const corrected = correctedLogits(adapt(few, familiar, groups(50), 5, random(k)).correction, few);
        return corrected.reduce((sum, z, i) => sum + Math.abs(z - few.z[i]) / 50, 0);
      });
      return moved.reduce((sum, value) => sum + value, 0) / 6;
    });
    expect(far[1]).toBeLessThan(0.7 * far[0]);
    expect(far[1]).toBeLessThan(0.3);
  });

  it('finds level and slope of a predictor that is off, and a useless one is let go', () => {
    const shifted = adapt(drawn(300, 20, 'off', { level: -2, slope: 0.5 }), 0, groups(300), 5, random(1)).correction;
    expect(Math.abs(shifted.intercept + 2)).toBeLessThan(0.6);
    expect(Math.abs(shifted.slope - 0.5)).toBeLessThan(0.3);
    const useless = adapt(drawn(300, 20, 'none', { slope: 0, push: 6 }), 0, groups(300), 5, random(1)).correction;
    expect(Math.abs(useless.slope)).toBeLessThan(0.25);
    expect(useless.weights[0]).toBeGreaterThan(3);
  });

  it('gives cross-validated logits that never saw their question: pure noise stays without merit', () => {
    const noise = drawn(100, 60, 'noise', { slope: 0 });
    const { crossed, tried } = adapt(noise, 0, groups(100), 5, random(3));
    expect(lossOf(crossed, noise)).toBeGreaterThan(0.67);
    expect(tried.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
  });
});

describe('the line from logits to calibrated logits', () => {
  it('is exact where the calibrator is a line', () => {
    const z = Float64Array.of(-2, 0.5, 3, 1);
    const { slope, intercept } = lineThrough(
      z,
      z.map((value) => 0.6 * value - 0.2),
    );
    expect([slope, intercept]).toEqual([expect.closeTo(0.6, 12), expect.closeTo(-0.2, 12)]);
  });
  it('leaves saturated probabilities aside', () => {
    const z = Float64Array.of(-2, 0.5, 3, 20);
    expect(lineThrough(z, Float64Array.of(-2, 0.5, 3, 27.6)).slope).toBeCloseTo(1, 12);
    expect(lineThrough(Float64Array.of(20), Float64Array.of(27.6))).toEqual({ slope: 1, intercept: 0 });
  });
  it('keeps the slope where logits do not vary', () => {
    expect(lineThrough(Float64Array.of(2, 2), Float64Array.of(1, 1))).toEqual({ slope: 1, intercept: -1 });
  });
});

describe('recentred shift', () => {
  it('lies above 1 for the share asked for, from the mean of the new answers', () => {
    const draw = random('shift');
    const x = Float32Array.from({ length: 400 * 3 }, (_, i) => 10 * (i % 3) + draw.normal());
    const old = { directions: 2, weights: Float32Array.of(1, 0, 0, 1, 0, 0), offset: Float32Array.of(5, 5) };
    const { shift, values } = recentredShift(old, x, 3, 0.05);
    expect(values.filter((value) => value > 1).length / 400).toBeCloseTo(0.05, 2);
    const at = [0, 10].map((value, k) => value * shift.weights[3 * k] + shift.offset[k]);
    expect(Math.hypot(...at)).toBeLessThan(0.1);
  });
});
