import { type Metric, metric, once } from '../metric.js';
import { rocArea } from './roc-area.js';

/**
 * AUROC within each slice (model, task) that has both classes, averaged by the weight of its answers. The pooled AUROC
 * is too high if slices differ in accuracy: in one case it was .80 over all answers and .50 within each slice. Range
 * [0, 1]; NaN if no slice has both classes.
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
