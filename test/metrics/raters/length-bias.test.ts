import { describe, expect, it } from 'vitest';
import { lengthBias } from '../../../metrics/raters/length-bias.js';

const once = (groups: number) => new Float64Array(groups).fill(1);

describe('lengthBias', () => {
  const eight = {
    said: Float64Array.of(0.2, 0.4, 0.8, 1, 0, 0.2, 0.2, 0.4),
    truth: Uint8Array.of(1, 1, 1, 1, 0, 0, 0, 0),
    length: Float64Array.of(1, 2, 3, 4, 10, 20, 30, 40),
    group: Int32Array.from({ length: 8 }, (_, i) => i),
    groups: 8,
  };

  it('is the difference between the longer and the shorter half at equal truth, by hand', () => {
    // right: .9 − .3 = .6; wrong: .3 − .1 = .2; as many of each
    expect(lengthBias(eight)(once(8))).toBeCloseTo(0.4, 14);
  });

  it('does not mistake longer wrong answers for a bias', () => {
    const perfect = { ...eight, said: Float64Array.from(eight.truth) };
    expect(lengthBias(perfect)(once(8))).toBe(0);
  });

  it('weights questions by how often they are drawn', () => {
    const times = Float64Array.of(1, 1, 1, 1, 0, 0, 0, 0);
    expect(lengthBias(eight)(times)).toBeCloseTo(0.6, 14);
  });

  it('divides also if most answers have the greatest length, and is NaN if all have one length', () => {
    const most = { ...eight, length: Float64Array.of(1, 4, 4, 4, 7, 7, 7, 7) };
    expect(lengthBias(most)(once(8))).toBeCloseTo((0.4 + 0.8 + 1) / 3 - 0.2, 14);
    expect(lengthBias({ ...eight, length: new Float64Array(8) })(once(8))).toBeNaN();
  });
});
