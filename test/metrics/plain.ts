import type { Metric } from '../../metrics/metric.js';

/** A metric as a function of probabilities, labels and weights. */
export const plain = (metric: Metric) => (probability: Float64Array, label: Float64Array, weight?: Float64Array) =>
  metric.of({ probability, label, weight });
