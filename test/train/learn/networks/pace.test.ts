import { describe, expect, it } from 'vitest';
import { pace } from '../../../../train/learn/networks/pace.js';

const options = {
  learningRate: 2e-3,
  decay: 0.03,
  batch: 256,
  epochs: 60,
  patience: 10,
  dropout: 0.2,
  passes: 600_000,
};

describe('the pace of the loop', () => {
  it.each([
    [300, { batch: 256, epochs: 60, patience: 10, learningRate: 2e-3 }],
    [9_000, { batch: 256, epochs: 60, patience: 10, learningRate: 2e-3 }],
    [20_000, { batch: 512, epochs: 30, patience: 10, learningRate: 2e-3 * Math.SQRT2 }],
    [60_000, { batch: 1024, epochs: 10, patience: 4, learningRate: 4e-3 }],
    [1_000_000, { batch: 1024, epochs: 6, patience: 2, learningRate: 4e-3 }],
  ])('of %d rows', (n, expected) => {
    expect(pace(n, options)).toEqual(expected);
  });

  it('keeps the epochs it is given where nothing bounds the rows passed', () => {
    expect(pace(60_000, { ...options, epochs: 13, passes: undefined }).epochs).toBe(13);
  });
});
