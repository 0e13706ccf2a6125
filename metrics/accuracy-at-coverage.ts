import { type Metric, metric, once, type Resampled } from './metric.js';
import { descending } from './order.js';
import type { Table } from './scored.js';

/** The coverage of the report's accuracyAtCoverage. */
export const COVERAGE = 0.8;

/**
 * Accuracy at coverage c: the share right among the surest c of the weight; the row or run of ties at the edge counts in
 * part, so the order of ties does not matter. [0, 1], higher is better. O(n log n). Source: El-Yaniv & Wiener 2010.
 */
export function accuracyAtCoverage(
  probability: Float64Array,
  label: Float64Array,
  coverage = COVERAGE,
  weight?: Float64Array,
): number {
  return once((table) => prepare(table, coverage), { probability, label, weight });
}

export const accuracyAtCoverageMetric: Metric = metric({
  name: 'accuracyAtCoverage',
  better: 'higher',
  interval: 'percentile',
  prepare: (table) => prepare(table, COVERAGE),
});

function prepare({ n, probability, label, weight, group, groups: count }: Table, coverage: number): Resampled {
  const order = descending(probability);
  const groups = Int32Array.from(order, (i) => group[i]);
  const weights = Float64Array.from(order, (i) => weight[i]);
  const right = Float64Array.from(order, (i) => weight[i] * label[i]);
  const last = Uint8Array.from(order, (i, k) => (k + 1 === n || probability[order[k + 1]] !== probability[i] ? 1 : 0));
  const byGroup = new Float64Array(count);
  for (let k = 0; k < n; k++) byGroup[groups[k]] += weights[k];
  return (times) => {
    let total = 0;
    for (let g = 0; g < count; g++) total += times[g] * byGroup[g];
    const wanted = coverage * total;
    let kept = 0;
    let good = 0;
    let keptHere = 0;
    let goodHere = 0;
    for (let k = 0; k < n; k++) {
      keptHere += times[groups[k]] * weights[k];
      goodHere += times[groups[k]] * right[k];
      if (last[k] === 0) continue;
      if (kept + keptHere >= wanted && keptHere > 0) return (good + (goodHere * (wanted - kept)) / keptHere) / wanted;
      kept += keptHere;
      good += goodHere;
      keptHere = goodHere = 0;
    }
    return good / kept;
  };
}
