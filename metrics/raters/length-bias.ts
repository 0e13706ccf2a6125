import type { Resampled } from '../metric.js';

/** What one rater says of answers whose truth is known. Row i of every array is the same answer. */
interface JudgedLengths {
  /** The rater's verdict, 0 to 1. */
  said: Float64Array;
  /** 1 right, 0 wrong. */
  truth: Uint8Array;
  /** Any measure of length that grows with it. */
  length: Float64Array;
  /** Question of each row, 0 to groups − 1. */
  group: Int32Array;
  groups: number;
}

/**
 * Length bias: how much more a rater favours longer answers at equal truth. Right and wrong answers are each divided at
 * their median length; the value is the mean verdict on the longer half minus that on the shorter half, averaged over
 * right and wrong answers by their numbers; a kind whose answers all have one length does not count. Range [−1, 1]; 0:
 * length makes no difference; NaN if no kind counts. It is an association: longer wrong answers may also be more
 * convincing for other reasons.
 */
export function lengthBias({ said, truth, length, group, groups }: JudgedLengths): Resampled {
  const middle = [0, 1].map((kind) => middleOf(length.filter((_, i) => truth[i] === kind)));
  const sums = new Float64Array(groups * 4);
  const counts = new Float64Array(groups * 4);
  for (let i = 0; i < said.length; i++) {
    const part = group[i] * 4 + truth[i] * 2 + (length[i] > middle[truth[i]] ? 1 : 0);
    sums[part] += said[i];
    counts[part]++;
  }
  return (times) => {
    const sum = new Float64Array(4);
    const count = new Float64Array(4);
    for (let g = 0; g < groups; g++) {
      for (let part = 0; part < 4; part++) {
        sum[part] += times[g] * sums[g * 4 + part];
        count[part] += times[g] * counts[g * 4 + part];
      }
    }
    let bias = 0;
    let n = 0;
    for (const part of [0, 2]) {
      const both = count[part] + count[part + 1];
      if (count[part] === 0 || count[part + 1] === 0) continue;
      bias += both * (sum[part + 1] / count[part + 1] - sum[part] / count[part]);
      n += both;
    }
    return bias / n;
  };
}

/** The median; if it is the greatest value, the greatest below it, so that some values are longer. */
function middleOf(values: Float64Array): number {
  const sorted = values.slice().sort();
  const median = sorted[Math.floor((sorted.length - 1) / 2)];
  const most = sorted[sorted.length - 1];
  return median < most ? median : (sorted.findLast((value) => value < most) ?? median);
}
