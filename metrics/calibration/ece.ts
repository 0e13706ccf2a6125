import { metric, once, type ReportedMetric, type Resampled } from '../metric.js';
import type { Table } from '../scored.js';
import { binGaps } from './bin-gaps.js';
import { BINS, type Binning } from './bins.js';

/**
 * Expected calibration error: Σ_b (W_b / W) |mean y − mean p in bin b|, over 15 bins of equal width (or of equal mass:
 * ACE). It is a plug-in estimate, so noise alone keeps it above 0. A constant base rate has an ECE of 0, so read it
 * together with log-loss. Range [0, 1], lower is better. Its interval corrects for the noise, because resampling adds
 * the same noise once more, and reaches 0 if noise explains the value. Source: Guo et al. 2017, eq. 3; Nixon et al.
 * 2019 (mass).
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

const shared = { better: 'lower', interval: 'aboveNoise' } as const;

export const eceMetric: ReportedMetric = metric({
  ...shared,
  name: 'ece',
  text: {
    title: 'Calibration error (ECE)',
    says:
      'The mean gap between the predicted probability and the share of right answers. Chance alone keeps it above ' +
      '0. A constant base rate has an ECE of 0, so read it together with log-loss.',
    formula: 'Σ_b (W_b / W) |ȳ_b − p̄_b|, over 15 bins of equal width',
    range: '0 to 1',
    source: 'Guo et al. 2017, eq. 3',
  },
  prepare: (table) => prepare(table, 'width'),
  noise: (table) => prepare(table, 'width', BINS, true),
});

export const eceMassMetric: ReportedMetric = metric({
  ...shared,
  name: 'eceMass',
  text: {
    title: 'ECE, bins of equal mass (ACE)',
    says: 'The ECE over bins that hold equally many answers. Equal probabilities share a bin.',
    formula: 'Σ_b (W_b / W) |ȳ_b − p̄_b|, over 15 bins of equal mass',
    range: '0 to 1',
    source: 'Nixon et al. 2019',
  },
  prepare: (table) => prepare(table, 'mass'),
  noise: (table) => prepare(table, 'mass', BINS, true),
});

function prepare(table: Table, binning: Binning, bins = BINS, noise = false): Resampled {
  const gaps = binGaps(table, binning, bins, noise);
  return (times) => {
    const { weight, gap } = gaps(times);
    let error = 0;
    let total = 0;
    for (let b = 0; b < bins; b++) {
      error += Math.abs(gap[b]);
      total += weight[b];
    }
    return error / total;
  };
}
