import { describe, expect, it } from 'vitest';
import { drawsOfHalf } from '../../../bench/small/draws.js';
import { random } from '../../../support/random.js';
import type { TrainingData } from '../../../train/prepare/training-data.js';

/** 100 questions of two answers each; the half is that of the even questions. */
const group = Int32Array.from({ length: 200 }, (_, row) => row >> 1);
const data = { y: new Float64Array(200), group } as unknown as TrainingData;
const half = Int32Array.from(group.keys()).filter((row) => group[row] % 2 === 0);

describe('drawsOfHalf', () => {
  const of = (draws: number, seed = 'a') => drawsOfHalf(data, half, { labels: 30, draws, random: random(seed) });

  it('draws whole questions of the half, and holds all else', () => {
    for (const { fit, held } of of(5)) {
      expect(fit.length).toBe(30);
      expect([...fit].every((row) => group[row] % 2 === 0 && fit.includes(row ^ 1))).toBe(true);
      expect([...fit, ...held].sort((a, b) => a - b)).toEqual([...group.keys()]);
    }
  });

  it('gives the same draws however many there are, and others for another seed', () => {
    expect(of(5).slice(0, 3)).toEqual(of(3));
    expect(of(2)[0].fit).not.toEqual(of(2)[1].fit);
    expect(of(1, 'b')[0].fit).not.toEqual(of(1)[0].fit);
  });
});
