import type { Resampled } from '../metric.js';
import type { Table } from '../scored.js';

/**
 * The weighted mean of one value per row. The sums by group are computed once, so that a draw costs one pass over
 * groups.
 */
export function meanOver({ weight, group, groups, n }: Table, value: (row: number) => number): Resampled {
  const sums = new Float64Array(groups);
  const weights = new Float64Array(groups);
  for (let i = 0; i < n; i++) {
    sums[group[i]] += weight[i] * value(i);
    weights[group[i]] += weight[i];
  }
  return (times) => {
    let sum = 0;
    let total = 0;
    for (let g = 0; g < groups; g++) {
      sum += times[g] * sums[g];
      total += times[g] * weights[g];
    }
    return sum / total;
  };
}
