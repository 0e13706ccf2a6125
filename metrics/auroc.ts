import { type Metric, metric, once, type Resampled } from './metric.js';
import { rocArea } from './roc-area.js';
import type { Table } from './scored.js';

/**
 * Area under the ROC curve: the chance that a right answer scores above a wrong one, ties half. A soft label splits its
 * row's weight into a right and a wrong part. [0, 1], .5 is no skill; NaN with one class only. O(n log n).
 * Source: Hanley & McNeil 1982.
 */
export function auroc(score: Float64Array, label: Float64Array, weight?: Float64Array): number {
  return once(prepare, { probability: score, label, weight });
}

const prepare = (table: Table): Resampled => rocArea({ ...table, cell: new Int32Array(table.n), cells: 1 });

export const aurocMetric: Metric = metric({ name: 'auroc', better: 'higher', interval: 'percentile', prepare });
