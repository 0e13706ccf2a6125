import { describe, expect, it } from 'vitest';
import { meanTrail, type Trail } from '../../train/stages.js';

const all = Int32Array.of(0, 1);
const short = [Float32Array.of(0, 2), Float32Array.of(4, 4)];
const long = [Float32Array.of(2, 0), Float32Array.of(0, 0), Float32Array.of(6, 8)];
const stagesOf = (trail: Trail) => Array.from({ length: trail.length }, (_, stage) => [...trail.at(stage)]);

describe('the mean of trails', () => {
  it('is as long as the longest; one that ended early stays where it ended', () => {
    const mean = meanTrail([short, long], all);
    expect(stagesOf(mean)).toEqual([
      [1, 1],
      [2, 2],
      [5, 6],
    ]);
    expect([...mean.at(9)]).toEqual([5, 6]);
  });

  it('ends where each member is said to end, for the places asked for', () => {
    expect(stagesOf(meanTrail([short, long], Int32Array.of(1), [1, 2]))).toEqual([[1], [1]]);
  });
});
