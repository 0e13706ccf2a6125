import { metric, once, type ReportedMetric, type Resampled } from '../metric.js';
import type { Table } from '../scored.js';
import { ranking } from './ranking.js';

/**
 * Area under the ROC curve: the probability that a right answer scores above a wrong one; ties count half. A soft label
 * splits the row's weight into a right and a wrong part. Range [0, 1], .5 is no skill; NaN if there is only one class.
 * O(n log n). Source: Hanley & McNeil 1982.
 */
export function auroc(score: Float64Array, label: Float64Array, weight?: Float64Array): number {
  return once(prepare, { probability: score, label, weight });
}

export const aurocMetric: ReportedMetric = metric({
  name: 'auroc',
  text: {
    title: 'AUROC',
    says:
      'How often a right answer gets a higher probability than a wrong one; ties count half. It says nothing about ' +
      'calibration. If models or tasks differ in accuracy, telling them apart raises it; see ' +
      '`aurocWithin`.',
    formula: 'P(p of a right answer > p of a wrong answer) + ½ P(equal)',
    range: '0 to 1; 0.5 is no skill; null if all answers are right or all are wrong',
    source: 'Hanley & McNeil 1982',
  },
  better: 'higher',
  interval: 'percentile',
  prepare,
});

function prepare(table: Table): Resampled {
  const { runs, sums } = ranking(table);
  return (times) => {
    const { weight, right } = sums(times);
    let area = 0;
    let good = 0;
    let bad = 0;
    for (let r = 1; r <= runs; r++) {
      const rightNow = right[r];
      const wrongNow = weight[r] - rightNow;
      area += (rightNow - good) * (bad + wrongNow);
      good = rightNow;
      bad = wrongNow;
    }
    return good > 0 && bad > 0 ? area / (2 * good * bad) : Number.NaN;
  };
}
