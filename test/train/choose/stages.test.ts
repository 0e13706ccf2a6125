import { describe, expect, it } from 'vitest';
import { SMALL } from '../../../report/small.js';
import { bestStage, meanTrail, type Trail } from '../../../train/choose/stages.js';
import type { TrainingData } from '../../../train/prepare/training-data.js';

/** n right answers to n questions in two folds; the first fold's trail ends at stage 1, the second's goes on and gets better. */
function twoFolds(n: number) {
  const rows = Int32Array.from({ length: n }, (_, i) => i);
  const data = {
    y: new Float64Array(n).fill(1),
    w: new Float64Array(n).fill(1),
    group: rows,
  } as unknown as TrainingData;
  const folds = [0, 1].map((k) => ({ places: rows.filter((i) => i % 2 === k) }));
  const trailOf = (logits: number[], k: number): Trail => {
    const stages = logits.map((z) => new Float32Array(folds[k].places.length).fill(z));
    return meanTrail([stages], Int32Array.from(folds[k].places.keys()));
  };
  return { data, rows, folds, trails: [trailOf([0, 1], 0), trailOf([0, 1, 2, 3], 1)] };
}

describe('bestStage', () => {
  const loss = (z: number) => Math.log1p(Math.exp(-z));

  it('looks on few questions at stages only that every fold reached', () => {
    const { data, rows, folds, trails } = twoFolds(SMALL - 2);
    expect(bestStage(data, rows, folds, trails).stage).toBe(1);
    expect(bestStage(data, rows, folds, trails).loss).toBeCloseTo(loss(1), 12);
  });

  it('lets a trail stay where it ended on many', () => {
    const { data, rows, folds, trails } = twoFolds(SMALL);
    const { stage, loss: least } = bestStage(data, rows, folds, trails);
    expect(stage).toBe(3);
    expect(least).toBeCloseTo((loss(1) + loss(3)) / 2, 12);
  });
});

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
