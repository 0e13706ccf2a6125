import { describe, expect, it } from 'vitest';
import { random } from '../../../support/random.js';
import { binomialTail } from '../../../train/certify/binomial-tail.js';
import { clusteredBinomialTest } from '../../../train/certify/clustered-binomial.js';

const ones = (n: number) => new Float64Array(n).fill(1);

describe('the binomial test with an effective number of trials', () => {
  it('is the binomial test where questions hold one answer', () => {
    const wrong = ones(300).fill(0, 8);
    const p = clusteredBinomialTest({ mass: ones(300), wrong }, 0.05);
    expect(p).toBeCloseTo(binomialTail(300, 0.05, 8), 9);
  });

  it('five copies of one answer count once; a unit of weight is of no account', () => {
    const fives = (values: Float64Array) => values.map((v) => 5 * v);
    const wrong = ones(300).fill(0, 8);
    const one = clusteredBinomialTest({ mass: ones(300), wrong }, 0.05);
    expect(clusteredBinomialTest({ mass: fives(ones(300)), wrong: fives(wrong) }, 0.05)).toBeCloseTo(one, 12);
  });

  it('five answers that err apart count nearly five times', () => {
    const draw = random('apart');
    const wrong = Float64Array.from({ length: 400 }, () => {
      let errors = 0;
      for (let k = 0; k < 5; k++) if (draw.next() < 0.08) errors++;
      return errors;
    });
    const total = wrong.reduce((sum, w) => sum + w, 0);
    const p = clusteredBinomialTest({ mass: ones(400).fill(5), wrong }, 0.1);
    const apart = binomialTail(2000, 0.1, total);
    expect(p).toBeGreaterThan(apart);
    expect(Math.log(p) / Math.log(apart)).toBeGreaterThan(0.75);
  });

  it('is 1 where nothing is accepted or as much is wrong as α; questions that accept nothing are of no account', () => {
    expect(clusteredBinomialTest({ mass: new Float64Array(9), wrong: new Float64Array(9) }, 0.05)).toBe(1);
    expect(clusteredBinomialTest({ mass: ones(20), wrong: ones(20).fill(0, 1) }, 0.05)).toBe(1);
    const mass = new Float64Array(100).fill(1, 0, 59);
    expect(clusteredBinomialTest({ mass, wrong: new Float64Array(100) }, 0.05)).toBeCloseTo(0.95 ** 59, 12);
  });
});
