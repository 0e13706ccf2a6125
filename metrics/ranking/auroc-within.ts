import { metric, once, type ReportedMetric } from '../metric.js';
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

export const aurocWithinMetric: ReportedMetric = metric({
  name: 'aurocWithin',
  text: {
    title: 'AUROC within model and task',
    says:
      'The AUROC among the answers of one model and task, averaged over all of them. It shows whether the ' +
      'probability tells right from wrong among answers that a user would compare. In the library, `slice` says ' +
      'which answers are compared with each other.',
    formula: 'Σ_s W_s AUROC_s / Σ_s W_s, over the slices s with right and wrong answers',
    range: '0 to 1; 0.5 is no skill; null if no slice has right and wrong answers',
    source: 'AUROC: Hanley & McNeil 1982; the averaging over slices is ours',
  },
  better: 'higher',
  interval: 'percentile',
  prepare: rocArea,
});
