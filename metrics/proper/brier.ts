import { meanOver } from '../interval/group-means.js';
import { type Metric, metric, once } from '../metric.js';

/**
 * Brier score: mean of (p − y)². A proper score that punishes rare certain mistakes less than log-loss. Range [0, 1],
 * lower is better. Source: Brier 1950.
 */
export function brier(probability: Float64Array, label: Float64Array, weight?: Float64Array): number {
  return once(brierMetric.prepare, { probability, label, weight });
}

export const brierMetric: Metric = metric({
  name: 'brier',
  better: 'lower',
  interval: 'percentile',
  prepare: (table) => meanOver(table, (i) => (table.probability[i] - table.label[i]) ** 2),
});
