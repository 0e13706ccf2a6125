import { type RankedSums, type Ranking, ranking } from '../ranking/ranking.js';
import { tableOf } from '../scored.js';

/**
 * Isotonic regression of the label on the score by pooling adjacent violators: the non-decreasing values with the
 * smallest weighted squared distance to the labels. Returns the fitted value of each row; rows with equal scores share
 * a value. O(n log n). Source: Ayer et al. 1955.
 */
export function pav(score: Float64Array, label: Float64Array, weight: Float64Array): Float64Array {
  const { runs, run, sums } = ranking(tableOf({ probability: score, label, weight }));
  const below = sums(new Float64Array(label.length).fill(1));
  const end = new Int32Array(runs);
  const blocks = pool(runs, below, end);
  const value = new Float64Array(runs);
  for (let b = 0, from = 0; b < blocks; from = end[b++]) value.fill(meanBetween(below, from, end[b]), from, end[b]);
  return Float64Array.from(run, (r) => value[r]);
}

/**
 * Writes the ends of the pooled blocks, counted in runs, into `end` and returns the number of blocks. A run without
 * weight joins a neighbour. Means are compared by cross-multiplication, which avoids divisions.
 */
export function pool(runs: Ranking['runs'], { weight, right }: RankedSums, end: Int32Array): number {
  let blocks = 0;
  for (let r = 1; r <= runs; r++) {
    if (weight[r] === weight[r - 1]) {
      if (blocks > 0) end[blocks - 1] = r;
      continue;
    }
    for (; blocks > 0; blocks--) {
      const middle = end[blocks - 1];
      const start = blocks > 1 ? end[blocks - 2] : 0;
      const before = (right[middle] - right[start]) * (weight[r] - weight[middle]);
      if (before < (right[r] - right[middle]) * (weight[middle] - weight[start])) break;
    }
    end[blocks++] = r;
  }
  return blocks;
}

function meanBetween({ weight, right }: RankedSums, from: number, to: number): number {
  return (right[to] - right[from]) / (weight[to] - weight[from]);
}
