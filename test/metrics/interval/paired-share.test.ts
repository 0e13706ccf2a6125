import { describe, expect, it } from 'vitest';
import { pairedShare } from '../../../metrics/interval/paired-share.js';

describe('pairedShare', () => {
  it('is the adjusted Wald interval of Agresti & Min 2005, by hand', () => {
    // 6 pairs gain, 2 lose, 12 do not differ: 6.5 and 2.5 of 22 pairs, d = 4/22,
    // error = sqrt((9/22 − (4/22)²) / 22)
    const differences = Float64Array.from({ length: 20 }, (_, i) => (i < 6 ? 1 : i < 8 ? -1 : 0));
    const { value, low, high } = pairedShare(differences);
    const error = Math.sqrt((9 / 22 - (4 / 22) ** 2) / 22);
    expect(value).toBeCloseTo(0.2, 14);
    expect(low).toBeCloseTo(4 / 22 - 1.959963984540054 * error, 10);
    expect(high).toBeCloseTo(4 / 22 + 1.959963984540054 * error, 10);
  });

  it('is not a point if no pair differs, stays in [−1, 1], and does not exist without pairs', () => {
    const { value, low, high } = pairedShare(new Float64Array(30));
    expect(value).toBe(0);
    expect(low).toBeLessThan(-0.04);
    expect(high).toBeGreaterThan(0.04);
    expect(pairedShare(new Float64Array(2).fill(1)).high).toBe(1);
    expect(pairedShare(new Float64Array(0))).toEqual({ value: null, low: null, high: null });
  });
});
