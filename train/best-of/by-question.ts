import { counted } from '../../metrics/scored.js';

/** The weighted mean of a value for each question, in order of appearance: its two wordings count as one. */
export function byQuestion(values: Float64Array, group: Int32Array, weight: Float64Array): Float64Array {
  const { index, count } = counted(group);
  const sums = new Float64Array(count);
  const weights = new Float64Array(count);
  values.forEach((value, i) => {
    sums[index[i]] += weight[i] * value;
    weights[index[i]] += weight[i];
  });
  return sums.map((sum, g) => sum / weights[g]);
}

/** The weight of each question: the mean weight of its wordings. */
export function questionWeights(group: Int32Array, weight: Float64Array): Float64Array {
  return byQuestion(weight, group, new Float64Array(group.length).fill(1));
}

/** The weighted mean. */
export function meanOf(values: Float64Array, weight: Float64Array): number {
  let sum = 0;
  let total = 0;
  values.forEach((value, i) => {
    sum += weight[i] * value;
    total += weight[i];
  });
  return sum / total;
}
