import { describe, expect, it } from 'vitest';
import { differenceOf, lossesAbove, meanOf } from '../../../bench/growth/measured.js';

const rows = Int32Array.of(0, 1, 3);
const truth = Float64Array.of(0.5, 0.8, 0.1, 0.2);
const logits = [0, Math.log(4), 0];

describe('losses above the truth', () => {
  it('are 0 for the true probability, and the divergence from it otherwise', () => {
    const losses = lossesAbove(truth, rows, logits);
    expect(losses[0]).toBeCloseTo(0, 12);
    expect(losses[1]).toBeCloseTo(0, 12);
    expect(losses[2]).toBeCloseTo(0.2 * Math.log(0.4) + 0.8 * Math.log(1.6), 12);
    expect(meanOf(losses)).toBeCloseTo(losses[2] / 3, 12);
  });

  it('are finite for a predictor that is sure and wrong', () => {
    expect(lossesAbove(Float64Array.of(0.5), Int32Array.of(0), [1000])[0]).toBeCloseTo(9.67, 2);
  });
});

describe('the difference of two predictors', () => {
  it('has an interval over questions: rows that repeat each other say nothing more', () => {
    const [a, b] = [Float64Array.of(0.2, 0, 0.2, 0), new Float64Array(4)];
    const alone = differenceOf(a, b, { rows: Int32Array.of(0, 1, 2, 3), group: Int32Array.of(0, 1, 2, 3) });
    const joined = differenceOf(a, b, { rows: Int32Array.of(0, 1, 2, 3), group: Int32Array.of(0, 1, 0, 1) });
    expect(alone).toBe('+0.1000 (+0.0020 to +0.1980)'); // 1.96 · √(4 · .01) / 4 = .098
    expect(joined).toBe('+0.1000 (-0.0386 to +0.2386)'); // 1.96 · √(2 · .04) / 4 = .1386
  });
});
