import type { CategoryShares, NumberShares } from './reference.js';

/** Number of values between which answers are told apart. */
const KNOTS = 32;

/**
 * The distribution of a number over answers; `weight[i]` is one over the number of answers to the question of answer i,
 * so that every question counts once (times its weight, if answers were drawn with unequal chances). Knots are quantiles at (k + ½)/32: neither the smallest nor the largest value is
 * among them. NaN is a missing value.
 */
export function numberShares(name: string, values: ArrayLike<number>, weight: Float64Array): NumberShares {
  const rows: number[] = [];
  let total = 0;
  let recorded = 0;
  for (let i = 0; i < values.length; i++) {
    total += weight[i];
    if (Number.isNaN(values[i])) continue;
    rows.push(i);
    recorded += weight[i];
  }
  rows.sort((a, b) => values[a] - values[b]);
  const knots: number[] = [];
  let sum = 0;
  let k = 0;
  for (const i of rows) {
    sum += weight[i];
    const from = k;
    while (k < KNOTS && ((k + 0.5) / KNOTS) * recorded <= sum) k++;
    const isLargest = values[i] === values[rows[rows.length - 1]];
    if (k > from && !isLargest && knots.at(-1) !== values[i]) knots.push(values[i]);
  }
  return { name, missing: (total - recorded) / total, knots, below: sharesBelow(knots, values, weight) };
}

/** For each knot, the share of all answers that are recorded and at or below it. */
export function sharesBelow(knots: readonly number[], values: ArrayLike<number>, weight: Float64Array): number[] {
  const between = new Float64Array(knots.length + 1);
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    total += weight[i];
    if (!Number.isNaN(values[i])) between[placeOf(values[i], knots)] += weight[i];
  }
  let sum = 0;
  return knots.map((_, k) => (sum += between[k]) / total);
}

/** The number of knots that are below x. */
function placeOf(x: number, knots: readonly number[]): number {
  let low = 0;
  let high = knots.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (knots[middle] < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The shares of the values of a category; `index[i]` is 0 where answer i has none, a rare or an unknown one, else one
 * more than the place of its value in `vocabulary`. That share is listed first, under the empty name.
 */
export function categoryShares(
  name: string,
  vocabulary: readonly string[],
  index: ArrayLike<number>,
  weight: Float64Array,
): CategoryShares {
  const shares = new Float64Array(vocabulary.length + 1);
  let total = 0;
  for (let i = 0; i < index.length; i++) {
    total += weight[i];
    shares[index[i]] += weight[i];
  }
  return { name, values: ['', ...vocabulary].map((value, k) => [value, shares[k] / total]) };
}

/** One over the number of answers to the same question, for each answer. */
export function questionWeights(question: ArrayLike<number>): Float64Array {
  const size = new Map<number, number>();
  for (let i = 0; i < question.length; i++) size.set(question[i], (size.get(question[i]) ?? 0) + 1);
  return Float64Array.from(question, (id) => 1 / size.get(id)!);
}
