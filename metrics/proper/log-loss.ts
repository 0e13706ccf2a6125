import { meanOver } from '../interval/group-means.js';
import { metric, once, type ReportedMetric } from '../metric.js';

/** Probabilities are clipped to [CLIP, 1 − CLIP], so that a certain mistake costs 27.6 nats instead of infinity. */
const CLIP = 1e-12;

/**
 * Log-loss (cross-entropy): mean of −y ln p − (1 − y) ln(1 − p), with p clipped to [1e-12, 1 − 1e-12]. The first metric
 * to judge a probability by. In nats, range [0, 27.6], lower is better; for a soft y its entropy is the lowest possible
 * value. Source: Good 1952.
 */
export function logLoss(probability: Float64Array, label: Float64Array, weight?: Float64Array): number {
  return once(logLossMetric.prepare, { probability, label, weight });
}

export const logLossMetric: ReportedMetric = metric({
  name: 'logLoss',
  text: {
    title: 'Log-loss',
    says:
      'The penalty for probabilities that are far from the label. Look at it first. A wrong probability of 0 or 1 ' +
      'costs most. It is also called cross-entropy. With soft labels, its lowest possible value is their entropy.',
    formula: 'mean of −y ln p − (1 − y) ln(1 − p), with p limited to [1e-12, 1 − 1e-12]',
    range: '0 to 27.6 nats',
    source: 'Good 1952',
  },
  better: 'lower',
  interval: 'percentile',
  prepare: (table) => meanOver(table, (i) => logLossOf(table.probability[i], table.label[i])),
});

/**
 * The loss of one answer. A term with weight 0 is 0, so that a hard label never takes the logarithm of the other side.
 */
export function logLossOf(p: number, y: number): number {
  const q = Math.min(Math.max(p, CLIP), 1 - CLIP);
  return (y > 0 ? -y * Math.log(q) : 0) + (y < 1 ? -(1 - y) * Math.log1p(-q) : 0);
}
