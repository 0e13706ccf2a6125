import { meanOver } from '../interval/group-means.js';
import { metric, type ReportedMetric, type Resampled } from '../metric.js';
import type { Table } from '../scored.js';
import { eceMetric } from './ece.js';

/**
 * Full-ECE of recorded distributions over options: Σ_m (|B_m| / N) |share of right options in B_m − mean p in B_m|. All
 * (option, probability) pairs, not only the top options, are put into 15 bins of equal width; N is the number of
 * answers. Each row is one pair: its probability, its label (1 if the option is right), and its answer as `slice`.
 * Range [0, 2], because both sides of a distribution may be wrong; lower is better. Source: Liu et al. 2024,
 * "Full-ECE", sec. 3.
 */
export const fullEceMetric: ReportedMetric = metric({
  name: 'fullEce',
  text: {
    title: 'Full-ECE',
    says:
      'The calibration error of the probabilities that the models themselves give to the answer options, if recorded ' +
      '(`choices`). All options count, not only the chosen one. It judges the models, not vouch.',
    formula:
      'Σ_b (N_b / N) |share of right options in b − mean p in b|, over 15 bins of equal width; N is the number of answers',
    range: '0 to 2; both sides of a distribution may be wrong',
    source: 'Liu et al. 2024, “Full-ECE”, sec. 3',
  },
  better: 'lower',
  interval: 'aboveNoise',
  prepare: (table) => perAnswer(table, eceMetric.prepare(table)),
  noise: (table) => perAnswer(table, eceMetric.noise!(table)),
});

/** Turns a mean over pairs into a mean over answers. */
function perAnswer(table: Table, overPairs: Resampled): Resampled {
  const options = new Int32Array(table.slices);
  for (const answer of table.slice) options[answer]++;
  const share = meanOver(table, (i) => 1 / options[table.slice[i]]);
  return (times) => overPairs(times) / share(times);
}
