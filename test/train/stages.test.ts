import { describe, expect, it } from 'vitest';
import type { TrainingData } from '../../train/data.js';
import { SMALL } from '../../train/small.js';
import { atStage, bestStage, meanTrail, type Trail } from '../../train/stages.js';

/** n right answers to n questions in two folds; the first fold's trail ends at stage 1, the second's goes on and gets better. */
function twoFolds(n: number) {
  const rows = Int32Array.from({ length: n }, (_, i) => i);
  const data = {
    y: new Float64Array(n).fill(1),
    w: new Float64Array(n).fill(1),
    group: rows,
  } as unknown as TrainingData;
  const folds = [0, 1].map((k) => ({ places: rows.filter((i) => i % 2 === k) }));
  const trailOf = (logits: number[], k: number): Trail =>
    logits.map((z) => new Float64Array(folds[k].places.length).fill(z));
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

describe('a trail', () => {
  it('stays where it ended, alone and in a mean', () => {
    const short: Trail = [Float64Array.of(0), Float64Array.of(2)];
    const long: Trail = [Float64Array.of(0), Float64Array.of(0), Float64Array.of(4)];
    expect(atStage(short, 7)).toEqual(Float64Array.of(2));
    expect(meanTrail([short, long])).toEqual([Float64Array.of(0), Float64Array.of(1), Float64Array.of(3)]);
  });
});
