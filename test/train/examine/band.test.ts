import { expect, it } from 'vitest';
import { bandPoints } from '../../../train/examine/band.js';

const numbers = (of: (i: number) => number, n = 40) => Float64Array.from({ length: n }, (_, i) => of(i));

it('means of each tenth by probability, weighted', () => {
  const scored = {
    probability: numbers((i) => (39 - i) / 40),
    low: numbers((i) => (39 - i) / 50),
    high: numbers(() => 1),
  };
  const label = numbers((i) => (i % 2 === 0 ? 1 : 0));
  const weight = numbers((i) => (i % 2 === 0 ? 3 : 1));
  const points = bandPoints(scored, label, weight);
  expect(points.length).toBe(10);
  expect(points.map(({ rows }) => rows)).toEqual(Array(10).fill(4));
  const { predicted, low, high, right } = points[0]; // probabilities 0/40 to 3/40; even places are those with odd numerators
  expect([predicted, low, high, right]).toEqual([
    expect.closeTo((0 + 3 * 1 + 2 + 3 * 3) / 8 / 40, 12),
    expect.closeTo((0 + 3 * 1 + 2 + 3 * 3) / 8 / 50, 12),
    1,
    0.75,
  ]);
});

it('a point for each answer where there are fewer than ten, none where there is none', () => {
  const few = { probability: numbers((i) => i / 3, 3), low: numbers(() => 0, 3), high: numbers(() => 1, 3) };
  expect(
    bandPoints(
      few,
      numbers((i) => i % 2, 3),
      numbers(() => 1, 3),
    ).map(({ right }) => right),
  ).toEqual([0, 1, 0]);
  const none = new Float64Array(0);
  expect(bandPoints({ probability: none, low: none, high: none }, none, none)).toEqual([]);
});
