import { meanOver } from '../interval/group-means.js';
import { metric, once, type ReportedMetric } from '../metric.js';

/**
 * Brier score: mean of (p − y)². A proper score that punishes rare certain mistakes less than log-loss. Range [0, 1],
 * lower is better. Source: Brier 1950.
 */
export function brier(probability: Float64Array, label: Float64Array, weight?: Float64Array): number {
  return once(brierMetric.prepare, { probability, label, weight });
}

export const brierMetric: ReportedMetric = metric({
  name: 'brier',
  text: {
    title: 'Brier score',
    says: 'The mean squared error of the probability. It punishes rare, confident mistakes less than log-loss does.',
    formula: 'mean of (p − y)²',
    range: '0 to 1',
    source: 'Brier 1950',
  },
  better: 'lower',
  interval: 'percentile',
  prepare: (table) => meanOver(table, (i) => (table.probability[i] - table.label[i]) ** 2),
});
