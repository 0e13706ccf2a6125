import { binSums } from './bin-sums.js';
import { BINS, type Binning, binsOf } from './bins.js';
import { type Metric, metric, once, type Resampled } from './metric.js';
import type { Table } from './scored.js';

/**
 * Expected calibration error: Σ_b (W_b / W) |mean y − mean p in bin b|, over 15 bins of equal width (or equal mass: ACE).
 * Plug-in, so noise alone keeps it above 0, and a constant base rate has 0: read it beside log-loss. [0, 1], lower is better.
 * Its interval takes noise off, for resampling adds the same once more, and reaches 0 where noise explains it. Source: Guo et al. 2017, eq. 3; Nixon et al. 2019 (mass).
 */
export function ece(
  probability: Float64Array,
  label: Float64Array,
  weight?: Float64Array,
  binning: Binning = 'width',
  bins = BINS,
): number {
  return once((table) => prepare(table, binning, bins), { probability, label, weight });
}

export const eceMetric: Metric = metric({
  name: 'ece',
  better: 'lower',
  interval: 'aboveNoise',
  prepare: (table) => prepare(table, 'width', BINS),
  noise: (table) => prepare(table, 'width', BINS, true),
});

/** With `noise`, each bin's gap counts from the one it has in these answers: what resampling alone makes of a gap of 0. */
function prepare(table: Table, binning: Binning, bins: number, noise = false): Resampled {
  const bin = binsOf(binning, table.probability, table.weight, bins);
  const { start, group, weight, label, probability } = binSums(table, bin, bins);
  const gap = label.map((sum, k) => sum - probability[k]);
  for (let b = 0; noise && b < bins; b++) {
    const [from, to] = [start[b], start[b + 1]];
    const mean = sumOf(gap.subarray(from, to)) / (sumOf(weight.subarray(from, to)) || 1);
    for (let k = from; k < to; k++) gap[k] -= mean * weight[k];
  }
  return (times) => {
    let error = 0;
    let total = 0;
    for (let b = 0; b < bins; b++) {
      let sum = 0;
      for (let k = start[b]; k < start[b + 1]; k++) {
        sum += times[group[k]] * gap[k];
        total += times[group[k]] * weight[k];
      }
      error += Math.abs(sum);
    }
    return error / total;
  };
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
