import { metric, once, type ReportedMetric, type Resampled } from '../metric.js';
import type { Scored, Table } from '../scored.js';
import { binGaps } from './bin-gaps.js';
import { binSums } from './bin-sums.js';
import { BINS, binsOf } from './bins.js';

/**
 * Debiased calibration error, root mean square: √max(0, Σ_b (W_b / W) [(ȳ_b − p̄_b)² − v_b]) over 15 bins of equal
 * mass, where v_b is the sampling variance of ȳ_b: Σ_g (Σ_{i∈g} w_i (y_i − ȳ_b))² / W_b² · G_b / (G_b − 1), clustered
 * by question g. The square is unbiased, unlike that of the plug-in ECE. It is 0 if noise explains the whole error.
 * Range [0, 1]. Because RMS ≥ mean, it is not below a noise-free ECE. Source: Kumar, Liang & Ma 2019, sec. 5 (Bröcker
 * 2012, Ferro & Fricker 2012); the clustering by question is ours.
 */
export function eceDebiased(
  probability: Float64Array,
  label: Float64Array,
  weight?: Float64Array,
  group?: Int32Array,
  bins = BINS,
): number {
  const scored: Scored = { probability, label, weight, group };
  return root(once((table) => squared(table, bins), scored));
}

export const eceDebiasedMetric: ReportedMetric = metric({
  name: 'eceDebiased',
  text: {
    title: 'ECE, debiased',
    says:
      'The calibration error without the part that chance causes, as a root mean square. It is 0 if chance ' +
      'explains the whole error. With very many answers it is at least as large as the ECE, because a root mean ' +
      'square is at least as large as a mean.',
    formula:
      '√max(0, Σ_b W_b/W · [(ȳ_b − p̄_b)² − v_b]), over 15 bins of equal mass; v_b is the sampling variance of ȳ_b, clustered by question',
    range: '0 to 1',
    source: 'Kumar, Liang & Ma 2019, sec. 5 (Bröcker 2012; Ferro & Fricker 2012); the clustering by question is ours',
  },
  better: 'lower',
  interval: 'shifted',
  prepare: (table) => squared(table, BINS),
  read: root,
});

function root(square: number): number {
  return Math.sqrt(Math.max(0, square));
}

/** The square of the error; below 0 if the error is smaller than noise would make it. */
function squared(table: Table, bins: number): Resampled {
  const bin = binsOf('mass', table.probability, table.weight, bins);
  const { start, group, weight, label } = binSums(table, bin, bins);
  const gaps = binGaps(table, 'mass', bins);
  return (times) => {
    const drawn = gaps(times);
    let square = 0;
    let total = 0;
    for (let b = 0; b < bins; b++) {
      const w = drawn.weight[b];
      total += w;
      const mean = w > 0 ? drawn.right[b] / w : 0;
      let groups = 0;
      let squares = 0;
      for (let k = start[b]; k < start[b + 1]; k++) {
        const count = times[group[k]];
        const off = label[k] - mean * weight[k];
        groups += count;
        squares += count * off * off;
      }
      if (w === 0 || groups < 2) continue;
      square += w * ((drawn.gap[b] / w) ** 2 - (squares / (w * w)) * (groups / (groups - 1)));
    }
    return square / total;
  };
}
