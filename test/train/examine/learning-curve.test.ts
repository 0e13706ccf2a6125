import { describe, expect, it } from 'vitest';
import { powerLaw } from '../../../train/examine/learning-curve.js';

describe('the power law of a learning curve', () => {
  const of = (a: number, b: number, c: number) =>
    [100, 200, 400, 1000].map((labels) => ({ labels, logLoss: a + b * labels ** -c, standardError: 0 }));

  it('is found again where the points lie on one', () => {
    const law = powerLaw(of(0.3, 2, 0.5))!;
    expect(law(1500)).toBeCloseTo(0.3 + 2 / Math.sqrt(1500), 6);
  });

  it('is none where the loss does not fall', () => {
    expect(powerLaw(of(0.3, -0.2, 0.5))).toBeNull();
  });
});
