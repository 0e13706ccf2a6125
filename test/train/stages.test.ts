import { describe, expect, it } from 'vitest';
import { meanTrail } from '../../train/stages.js';

describe('the mean of trails', () => {
  it('is as long as the longest; one that ended early stays where it ended', () => {
    const short = [Float64Array.of(0, 2), Float64Array.of(4, 4)];
    const long = [Float64Array.of(2, 0), Float64Array.of(0, 0), Float64Array.of(6, 8)];
    expect(meanTrail([short, long]).map((stage) => [...stage])).toEqual([
      [1, 1],
      [2, 2],
      [5, 6],
    ]);
  });
});
