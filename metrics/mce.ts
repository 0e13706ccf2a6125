import { binSums } from './bin-sums.js';
import { BINS, type Binning, binsOf } from './bins.js';
import { tableOf } from './scored.js';

/**
 * Maximum calibration error: max_b |mean y − mean p in bin b| over 15 bins. The worst bin, however few rows it holds, so
 * noisy; equal mass ('mass') is steadier than equal width. [0, 1], lower is better. Source: Naeini et al. 2015.
 */
export function mce(
  probability: Float64Array,
  label: Float64Array,
  weight?: Float64Array,
  binning: Binning = 'width',
  bins = BINS,
): number {
  const table = tableOf({ probability, label, weight, group: new Int32Array(label.length) });
  const sums = binSums(table, binsOf(binning, probability, table.weight, bins), bins);
  let worst = 0;
  for (let b = 0; b < bins; b++) {
    const k = sums.start[b];
    if (k === sums.start[b + 1] || sums.weight[k] === 0) continue;
    worst = Math.max(worst, Math.abs(sums.label[k] - sums.probability[k]) / sums.weight[k]);
  }
  return worst;
}
