import { metric, once, type ReportedMetric, type Resampled } from '../metric.js';
import { ranking } from '../ranking/ranking.js';
import type { Table } from '../scored.js';

/** The coverage at which the report shows accuracyAtCoverage. */
export const COVERAGE = 0.8;

/**
 * Accuracy at coverage c: the share of right answers among the most certain ones that make up the share c of the
 * weight. The row or run of ties at the limit counts in part, so the order of ties does not matter. Range [0, 1],
 * higher is better. O(n log n). Source: El-Yaniv & Wiener 2010.
 */
export function accuracyAtCoverage(
  probability: Float64Array,
  label: Float64Array,
  coverage = COVERAGE,
  weight?: Float64Array,
): number {
  return once((table) => accuracyOver(table, coverage), { probability, label, weight });
}

export const accuracyAtCoverageMetric: ReportedMetric = metric({
  name: 'accuracyAtCoverage',
  text: {
    title: `Accuracy at ${100 * COVERAGE}% coverage`,
    says:
      'The share of right answers among the 80% with the highest probability. Answers that are tied at the 80% ' +
      'limit count in part.',
    formula: 'share of right answers among the highest probabilities that have 80% of the weight',
    range: '0 to 1',
    source: 'El-Yaniv & Wiener 2010',
  },
  better: 'higher',
  interval: 'percentile',
  prepare: (table) => accuracyOver(table, COVERAGE),
});

/** The accuracy at one coverage of a draw. */
export function accuracyOver(table: Table, coverage: number): Resampled {
  const { runs, sums } = ranking(table);
  return (times) => {
    const { weight, right } = sums(times);
    const wanted = coverage * weight[runs];
    const left = Math.max(0, weight[runs] - wanted);
    // The limit is in the run from `edge` to `edge + 1`: the last run whose lower end has at most `left` below it.
    let edge = 0;
    for (let above = runs; above - edge > 1; ) {
      const middle = (edge + above) >> 1;
      if (weight[middle] <= left) edge = middle;
      else above = middle;
    }
    const part = (weight[edge + 1] - left) / (weight[edge + 1] - weight[edge]);
    return (right[runs] - right[edge + 1] + part * (right[edge + 1] - right[edge])) / wanted;
  };
}
