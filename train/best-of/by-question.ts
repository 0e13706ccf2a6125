import { counted } from '../../metrics/scored.js';

/** The mean of a value for each question, in order of appearance: the two wordings of a question count as one. */
export function byQuestion(values: Float64Array, group: Int32Array): Float64Array {
  const { index, count } = counted(group);
  const sums = new Float64Array(count);
  const rows = new Float64Array(count);
  values.forEach((value, i) => {
    sums[index[i]] += value;
    rows[index[i]]++;
  });
  return sums.map((sum, g) => sum / rows[g]);
}

export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}
