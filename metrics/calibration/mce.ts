import { metric, type ReportedMetric, type Resampled } from '../metric.js';
import type { Table } from '../scored.js';
import { binGaps } from './bin-gaps.js';
import { BINS } from './bins.js';

/**
 * Maximum calibration error: max_b |mean y − mean p in bin b| over 15 bins of equal width. The worst bin counts even if
 * it has few rows, so the value is noisy. Range [0, 1], lower is better. Source: Naeini et al. 2015.
 */
export const mceMetric: ReportedMetric = metric({
  name: 'mce',
  text: {
    title: 'Largest gap of a bin (MCE)',
    says:
      'The largest gap between predicted probability and share of right answers in any bin. The worst bin counts ' +
      'even if it has few answers, so the value is noisy.',
    formula: 'max_b |ȳ_b − p̄_b|, over 15 bins of equal width',
    range: '0 to 1',
    source: 'Naeini, Cooper & Hauskrecht 2015',
  },
  better: 'lower',
  interval: 'aboveNoise',
  prepare: (table) => prepare(table, false),
  noise: (table) => prepare(table, true),
});

function prepare(table: Table, noise: boolean): Resampled {
  const gaps = binGaps(table, 'width', BINS, noise);
  return (times) => {
    const { weight, gap } = gaps(times);
    let worst = 0;
    for (let b = 0; b < BINS; b++) if (weight[b] > 0) worst = Math.max(worst, Math.abs(gap[b]) / weight[b]);
    return worst;
  };
}
