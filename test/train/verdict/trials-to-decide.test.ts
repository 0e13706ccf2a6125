import { describe, expect, it } from 'vitest';
import { holm } from '../../../metrics/special/holm.js';
import { chanceToDecide, trialsToDecide } from '../../../train/verdict/trials-to-decide.js';

describe('the chance to decide', () => {
  it('is that of the exact binomial test, on either side of the target', () => {
    expect(chanceToDecide(59, { alpha: 0.05, delta: 0.05, error: 0 })).toBe(1); // 0.95^59 < .05
    expect(chanceToDecide(58, { alpha: 0.05, delta: 0.05, error: 0 })).toBe(0);
    // 59 trials allow no failure
    expect(chanceToDecide(59, { alpha: 0.05, delta: 0.05, error: 0.01 })).toBeCloseTo(0.99 ** 59, 12);
    // one failure in one trial is more than 3%
    expect(chanceToDecide(1, { alpha: 0.03, delta: 0.05, error: 0.4 })).toBeCloseTo(0.4, 12);
    // two trials at 20%, level .05: both must fail (.04)
    expect(chanceToDecide(2, { alpha: 0.2, delta: 0.05, error: 0.5 })).toBeCloseTo(0.25, 12);
    // by exact binomial sums in Python
    const exact: [number, number, number, number, number][] = [
      [200, 0.05, 0.05, 0.02, 0.6288435801288145],
      [200, 0.05, 0.05, 0.1, 0.8569245659576743],
      [80, 0.2, 0.1, 0.3, 0.725471865784781],
      [80, 0.2, 0.1, 0.1, 0.8266156125122238],
    ];
    for (const [n, alpha, delta, error, chance] of exact)
      expect(chanceToDecide(n, { alpha, delta, error })).toBeCloseTo(chance, 9);
  });

  it('at its target it is at most δ, and the normal distribution takes over smoothly', () => {
    for (const alpha of [0.05, 0.2]) {
      for (const n of [30, 200, 1000]) {
        for (const error of [alpha - 1e-12, alpha + 1e-12])
          expect(chanceToDecide(n, { alpha, delta: 0.05, error })).toBeLessThanOrEqual(0.05 + 1e-6);
      }
    }
    const [exact, normal] = [2500, 2501].map((n) => chanceToDecide(n, { alpha: 0.2, delta: 0.05, error: 0.18 }));
    expect(Math.abs(exact - normal)).toBeLessThan(0.02);
  });
});

describe('the number of trials to decide', () => {
  it('has the chance that was asked for, and half as many do not', () => {
    for (const [alpha, error] of [
      [0.05, 0],
      [0.05, 0.03],
      [0.05, 0.09],
      [0.2, 0.15],
      [0.2, 0.5],
    ]) {
      const wanted = { alpha, delta: 0.05, error };
      const trials = trialsToDecide({ ...wanted, chance: 0.8 }) as number;
      expect(chanceToDecide(trials, wanted)).toBeGreaterThanOrEqual(0.8);
      expect(chanceToDecide(Math.floor(trials / 2), wanted)).toBeLessThan(0.8);
    }
    expect(trialsToDecide({ alpha: 0.05, delta: 0.05, error: 0, chance: 0.8 })).toBe(59);
  });

  it('is null at the target, and not below the least number', () => {
    expect(trialsToDecide({ alpha: 0.05, delta: 0.05, error: 0.05, chance: 0.8 })).toBeNull();
    expect(trialsToDecide({ alpha: 0.05, delta: 0.05, error: 0.05 + 1e-7, chance: 0.8 })).toBeNull();
    expect(trialsToDecide({ alpha: 0.05, delta: 0.05, error: 0, chance: 0.8, least: 200 })).toBe(200);
  });
});

describe('holm', () => {
  it('rejects from the smallest p-value on until one is too large', () => {
    expect(holm([0.04, 0.01, 0.03], 0.05)).toEqual([false, true, false]); // .01 ≤ .05/3, .03 > .05/2
    expect(holm([0.02, 0.01, 0.04], 0.05)).toEqual([true, true, true]);
    expect(holm([0.05], 0.05)).toEqual([true]);
    expect(holm([], 0.05)).toEqual([]);
  });
});
