import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shortest } from '../../../../scorer/batch/out/shortest.js';

describe('shortest decimal of a float32', () => {
  it('gives the digits that a person would write', () => {
    expect(shortest(Math.fround(0.1))).toBe(0.1);
    expect(shortest(Math.fround(0.3))).toBe(0.3);
    expect(shortest(Math.fround(1 / 3))).toBe(0.33333334);
    expect(shortest(0.99999994039535522)).toBe(0.99999994); // 1 − 2^−24
    expect(shortest(1.401298464324817e-45)).toBe(1.4013e-45); // the least subnormal: 6 digits do
    expect(shortest(0)).toBe(0);
    expect(shortest(-0)).toBe(-0);
  });

  it('reads back as the same float32, and no shorter decimal does', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (x) => {
        const short = shortest(x);
        expect(Math.fround(short)).toBe(x);
        const digits = short.toExponential().replace(/e.*|[-.]/g, '').length;
        if (digits > 6) expect(Math.fround(Number(x.toPrecision(digits - 1)))).not.toBe(x);
      }),
    );
  });
});
