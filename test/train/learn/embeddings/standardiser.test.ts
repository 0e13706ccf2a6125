import { expect, it } from 'vitest';
import { fitStandardiser } from '../../../../train/learn/embeddings/standardiser.js';

it('gives the mean and 1 / standard deviation of each number, and 0 where all numbers are equal', () => {
  const rows = Int32Array.from({ length: 1000 }, (_, i) => i);
  // .1 is not a float32, so sums of its square do not cancel exactly
  const values = [Float32Array.from({ length: 2000 }, (_, i) => (i % 2 === 0 ? 0.1 : 100 + (i % 4)))];
  const { centre, slope } = fitStandardiser({ shapes: [{ name: 'e', size: 2 }], values }, rows);
  expect([...centre]).toEqual([Math.fround(0.1), 102]);
  expect([...slope]).toEqual([0, 1]);
});
