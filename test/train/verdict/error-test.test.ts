import { describe, expect, it } from 'vitest';
import { random } from '../../../support/random.js';
import { binomialTail } from '../../../train/certify/binomial-tail.js';
import { type AcceptedSums, errorLimits, errorTest } from '../../../train/verdict/error-test.js';

/** `n` questions of one answer each, the first `failures` of them wrong. */
function plain(n: number, failures: number): AcceptedSums {
  return { mass: new Float64Array(n).fill(1), wrong: new Float64Array(n).fill(1, 0, failures) };
}

describe('the test of errors among accepted answers', () => {
  it('is the binomial test in both directions where questions hold one answer', () => {
    const { below, above, guarantee, isUneven, evenQuestions } = errorTest(plain(200, 6));
    expect(below(0.05)).toBeCloseTo(binomialTail(200, 0.05, 6), 12);
    expect(above(0.05)).toBe(1); // 3% seen: no sign of more than 5%
    expect(above(0.01)).toBeCloseTo(1 - binomialTail(200, 0.01, 5), 9);
    expect([guarantee, isUneven]).toEqual(['finite-sample', false]);
    expect(evenQuestions).toBeCloseTo(200, 9);
  });

  it('has the limits of Clopper and Pearson', () => {
    // by inverting exact binomial sums in Python
    const { low, high } = errorLimits(errorTest(plain(200, 6)), 0.03, 0.05);
    expect(low).toBeCloseTo(0.013143987, 8);
    expect(high).toBeCloseTo(0.05834976, 8);
    // none wrong: the upper limit is 1 − δ^(1/n), the lower 0
    const none = errorLimits(errorTest(plain(59, 0)), 0, 0.05);
    expect(none).toMatchObject({ low: 0, high: expect.closeTo(1 - 0.05 ** (1 / 59), 9) });
    const all = errorLimits(errorTest(plain(10, 10)), 1, 0.05);
    expect(all).toMatchObject({ low: expect.closeTo(0.05 ** (1 / 10), 9), high: 1 });
  });

  it('does not depend on the unit of weight, and counts five copies of an answer once', () => {
    const one = errorTest(plain(100, 11));
    const { mass, wrong } = plain(100, 11);
    const five = errorTest({ mass: mass.map((m) => 5 * m), wrong: wrong.map((w) => 5 * w) });
    expect(five.guarantee).toBe('finite-sample');
    for (const alpha of [0.03, 0.05, 0.2]) {
      expect(five.below(alpha)).toBeCloseTo(one.below(alpha), 12);
      expect(five.above(alpha)).toBeCloseTo(one.above(alpha), 12);
    }
  });

  it('has limits that agree with the verdict at every target', () => {
    const draw = random('limits');
    for (let k = 0; k < 30; k++) {
      const n = 5 + draw.int(60);
      const mass = Float64Array.from({ length: n }, () => 1 + draw.int(5));
      const wrong = mass.map((m) => Math.round(m * draw.next() ** 3));
      const test = errorTest({ mass, wrong });
      const [m, w] = [mass, wrong].map((values) => values.reduce((sum, value) => sum + value, 0));
      const { low, high } = errorLimits(test, w / m, 0.1);
      expect(low).toBeLessThanOrEqual(w / m);
      expect(high).toBeGreaterThanOrEqual(w / m);
      for (const alpha of [0.02, 0.1, 0.3, 0.5]) {
        expect(test.below(alpha) <= 0.1).toBe(high <= alpha);
        expect(test.above(alpha) <= 0.1).toBe(low >= alpha);
      }
    }
  });

  it('says where a few questions outweigh the others', () => {
    const mass = new Float64Array(50).fill(1);
    mass.fill(20, 0, 5);
    const { isUneven, evenQuestions, guarantee } = errorTest({ mass, wrong: new Float64Array(50) });
    expect(isUneven).toBe(true);
    expect(evenQuestions).toBeCloseTo(145 ** 2 / (45 + 5 * 400), 9);
    expect(guarantee).toBe('asymptotic');
    expect(errorTest(plain(0, 0)).below(0.1)).toBe(1);
    expect(errorTest(plain(0, 0)).above(0.1)).toBe(1);
  });
});
