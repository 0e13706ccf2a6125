import { ranking } from '../ranking/ranking.js';
import type { Table } from '../scored.js';
import { BINS, type Binning, binsOf } from './bins.js';

/** For each bin: its weight W, W · mean label, and W · (mean label − mean probability). */
interface BinGaps {
  weight: Float64Array;
  right: Float64Array;
  gap: Float64Array;
}

/**
 * The gap of each bin in each draw. Rows are put into bins once, on the original answers. With `noise`, the gap of the
 * original answers is subtracted: what remains is the gap that resampling alone makes out of a gap of 0. The arrays are
 * reused: the next draw overwrites them.
 */
export function binGaps(table: Table, how: Binning, bins = BINS, noise = false): (times: Float64Array) => BinGaps {
  const { runs, row, sums } = ranking(table);
  const bin = binsOf(how, table.probability, table.weight, bins);
  const edge = new Int32Array(bins + 1).fill(runs);
  for (let r = runs - 1; r >= 0; r--) edge[bin[row[r]]] = r;
  for (let b = bins - 1; b >= 0; b--) edge[b] = Math.min(edge[b], edge[b + 1]);
  const drawn = { weight: new Float64Array(bins), right: new Float64Array(bins), gap: new Float64Array(bins) };
  const seen = new Float64Array(bins);
  const of = (times: Float64Array) => {
    const { weight, right, said } = sums(times);
    for (let b = 0; b < bins; b++) {
      const [from, to] = [edge[b], edge[b + 1]];
      drawn.weight[b] = weight[to] - weight[from];
      drawn.right[b] = right[to] - right[from];
      drawn.gap[b] = drawn.right[b] - (said[to] - said[from]) - seen[b] * drawn.weight[b];
    }
    return drawn;
  };
  if (noise) {
    const { weight, gap } = of(new Float64Array(table.groups).fill(1));
    for (let b = 0; b < bins; b++) seen[b] = weight[b] > 0 ? gap[b] / weight[b] : 0;
  }
  return of;
}
