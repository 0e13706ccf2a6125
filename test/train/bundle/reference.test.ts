import { expect, it } from 'vitest';
import { REFERENCE_FILE, type Reference } from '../../../models/bundle/reference.js';
import { referenceFile } from '../../../train/bundle/reference.js';
import { matrixFor } from '../../../train/prepare/matrix.js';
import { dataOf } from '../../support/trained.js';

const data = dataOf(
  [1, 2, 3, 4].map((x) => ({
    ...{ id: `${x}`, group: `g${x}`, answer: 'yes', features: { x } },
    labels: [{ value: 1, source: 'human' }],
  })),
);
const signal = data.signals.names.find((name) => name.startsWith('features.x'))!;
const matrix = matrixFor(data, { topK: 0, numeric: [signal], categorical: [] });
const rows = Int32Array.of(0, 1, 2, 3);
const probability = Float64Array.of(0.1, 0.2, 0.3, 0.4);
const reference = (drawn?: Float64Array, more: object = {}) =>
  JSON.parse(
    referenceFile({ data: { ...data, ...more }, matrix, rows, probability, drawn })[REFERENCE_FILE],
  ) as Reference;

it('counts every question once, and answers that were drawn with unequal chances by their weights', () => {
  const even = reference();
  expect([even.questions, even.scored]).toEqual([4, 4]);
  expect(even.probability.below).toEqual([0.25, 0.5, 0.75]);
  expect(reference(new Float64Array(4).fill(3))).toEqual(even); // only ratios count
  const drawn = reference(Float64Array.of(1, 1, 1, 3)); // (Σ w)² / Σ w² = 36 / 12
  expect([drawn.questions, drawn.scored]).toEqual([3, 3]);
  for (const { below } of [drawn.probability, drawn.signals[0]]) {
    expect(below.map((share) => Math.round(6 * share))).toEqual([1, 2, 3]);
  }
});

it('is about the fresh answers alone, by their weights, if some are fresh', () => {
  const fresh = { fresh: Uint8Array.of(0, 1, 0, 1), w: Float64Array.of(9, 1, 9, 3) };
  const { questions, signals } = reference(undefined, fresh);
  expect(questions).toBe(2); // (1 + 3)² / (1 + 9) = 1.6
  expect(signals[0].knots).toEqual([2]);
  expect(signals[0].below).toEqual([0.25]);
  const old = { ...data, task: ['a', 'b', 'a', 'b'].map((task) => task) };
  const mix = reference(undefined, { ...fresh, task: old.task }).categories.find(({ name }) => name === 'task')!;
  expect(mix.values).toEqual([
    ['', 0],
    ['b', 1],
  ]);
});
