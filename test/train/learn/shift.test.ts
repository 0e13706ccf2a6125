import { describe, expect, it } from 'vitest';
import { shiftsOf } from '../../../models/shift.js';
import { random } from '../../../support/random.js';
import { fitShift, leftOutShifts } from '../../../train/learn/shift.js';

describe('the shift of rows that it was fitted on', () => {
  const draw = random('left out');
  const [n, d] = [80, 4];
  const x = Float32Array.from({ length: n * d }, (_, i) => draw.normal() * (1 + (i % d)));

  it('is that of a fit without the row, within 3%', () => {
    const shift = fitShift(x, d, d, random('directions'));
    const own = leftOutShifts(shift, x, d);
    const seen = shiftsOf(shift, x, d);
    for (const row of [0, 1, 7, 40, 79]) {
      const others = Float32Array.from(x.filter((_, at) => Math.floor(at / d) !== row));
      const without = fitShift(others, d, d, random('directions'));
      const [expected] = shiftsOf(without, x.slice(row * d, row * d + d), d);
      expect(Math.abs(own[row] / expected - 1)).toBeLessThan(0.03);
      expect(seen[row]).toBeLessThan(own[row]);
    }
  });

  it('is far greater for a row that makes a direction alone', () => {
    const alone = Float32Array.from({ length: 40 }, (_, i) => (i === 0 ? 1 : 0));
    const shift = fitShift(alone, 1, 1, random('directions'));
    const [own, other] = leftOutShifts(shift, alone, 1);
    const [seen] = shiftsOf(shift, alone, 1);
    expect(own).toBeGreaterThan(3 * seen);
    expect(other).toBeLessThan(0.3);
  });
});
