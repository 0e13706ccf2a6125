import type { Table } from '../scored.js';

/**
 * Sums over the rows that share a bin and a group. Entry k of every array is one such pair; the entries of a bin are
 * adjacent.
 */
interface BinSums {
  /** First entry of each bin; the last element is the number of entries. */
  start: Int32Array;
  group: Int32Array;
  weight: Float64Array;
  label: Float64Array;
  probability: Float64Array;
}

/**
 * What a binned metric needs to be resampled by group: a draw costs one pass over these pairs instead of one over the
 * rows.
 */
export function binSums(
  { n, groups, group, weight, label, probability }: Table,
  bin: Int32Array,
  bins: number,
): BinSums {
  const order = Int32Array.from(bin.keys()).sort((a, b) => bin[a] - bin[b] || group[a] - group[b]);
  const start = new Int32Array(bins + 1);
  const sums = {
    group: new Int32Array(n),
    weight: new Float64Array(n),
    label: new Float64Array(n),
    probability: new Float64Array(n),
  };
  let k = -1;
  let key = -1;
  for (const i of order) {
    const here = bin[i] * groups + group[i];
    if (here !== key) {
      key = here;
      sums.group[++k] = group[i];
      start[bin[i] + 1] = k + 1;
    }
    sums.weight[k] += weight[i];
    sums.label[k] += weight[i] * label[i];
    sums.probability[k] += weight[i] * probability[i];
  }
  for (let b = 1; b <= bins; b++) start[b] = Math.max(start[b], start[b - 1]);
  return { start, ...sums };
}
