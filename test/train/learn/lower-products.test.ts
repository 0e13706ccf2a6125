import { expect, it } from 'vitest';
import { addLower, ROWS_AT_ONCE } from '../../../train/learn/lower-products.js';

const row = (left: number[], right: number[]) => ({ left: Float64Array.of(...left), right: Float64Array.of(...right) });

it('adds the products of each row to the lower half, and leaves the upper half alone', () => {
  const sum = Float64Array.of(1, 9, 10, 100);
  addLower(sum, 2, [row([2, 3], [5, 7])]);
  expect([...sum]).toEqual([1 + 2 * 5, 9, 10 + 3 * 5, 100 + 3 * 7]);
});

it('gives the same bits for four rows at once as for one after the other', () => {
  const awkward = [0.1, 1e16, -1e16, 0.3].map((x, i) => row([x, 0.7 / (i + 1)], [1 / 3, x]));
  expect(awkward).toHaveLength(ROWS_AT_ONCE);
  const together = new Float64Array(4).fill(0.2);
  const single = together.slice();
  addLower(together, 2, awkward);
  for (const each of awkward) addLower(single, 2, [each]);
  expect([...together]).toEqual([...single]);
  const third = 1 / 3;
  expect(together[0]).toBe(0.2 + 0.1 * third + 1e16 * third - 1e16 * third + 0.3 * third);
});
