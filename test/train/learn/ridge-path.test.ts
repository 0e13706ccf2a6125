import { describe, expect, it } from 'vitest';
import { ridgePath, weightPenalties } from '../../../train/learn/ridge-path.js';

describe('ridge path', () => {
  it('goes through the penalties, plain ones first', () => {
    expect(ridgePath({ penalties: [30, 3], adaptive: [0, 2] })).toEqual([
      { penalty: 30, adaptive: 0 },
      { penalty: 3, adaptive: 0 },
      { penalty: 30, adaptive: 2 },
      { penalty: 3, adaptive: 2 },
    ]);
  });

  it('spares what the pilot found large: penalty / (|pilot|^power / mean + 0.1)', () => {
    const penalties = weightPenalties({ penalty: 30, adaptive: 2 }, Float64Array.of(0.1, -0.3, 0));
    const mean = (0.01 + 0.09) / 3;
    expect(penalties[0]).toBeCloseTo(30 / (0.01 / mean + 0.1), 9);
    expect(penalties[1]).toBeCloseTo(30 / (0.09 / mean + 0.1), 9);
    expect(penalties[2]).toBeCloseTo(300, 9);
  });

  it('holds all back alike where the pilot found nothing', () => {
    expect([...weightPenalties({ penalty: 11, adaptive: 2 }, new Float64Array(2))]).toEqual([10, 10]);
  });
});
