import { type Metric, metric, once } from '../metric.js';
import { rocArea } from './roc-area.js';

/**
 * AUROC inside each slice of (model, task) that has both classes, averaged by the weight of its answers. Pooled AUROC
 * flatters where cells differ in level: .80 over all was .50 inside each. [0, 1]; NaN where no slice has both classes.
 */
export function aurocWithin(
  score: Float64Array,
  label: Float64Array,
  slice: Int32Array,
  weight?: Float64Array,
): number {
  return once(rocArea, { probability: score, label, weight, slice });
}

export const aurocWithinMetric: Metric = metric({
  name: 'aurocWithin',
  better: 'higher',
  interval: 'percentile',
  prepare: rocArea,
});
