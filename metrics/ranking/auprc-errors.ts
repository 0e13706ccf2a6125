import { metric, type ReportedMetric, type Resampled } from '../metric.js';
import type { Table } from '../scored.js';
import { ranking } from './ranking.js';

/**
 * Area under the precision–recall curve with errors as the class to find, as average precision: Σ (R_k − R_{k−1}) P_k
 * over the distinct probabilities from low to high, without interpolation. It shows how pure a list of suspected errors
 * is when errors are rare. Range (0, 1]; without skill it is the share of errors; NaN without errors. Source: Davis &
 * Goadrich 2006; scikit-learn's form.
 */
export const auprcErrorsMetric: ReportedMetric = metric({
  name: 'auprcErrors',
  text: {
    title: 'AUPRC of errors',
    says:
      'How well low probabilities find the wrong answers: the area under the precision–recall curve with errors as ' +
      'the class to find. It suits data in which errors are rare.',
    formula: 'Σ_k (R_k − R_{k−1}) P_k, over the distinct probabilities from low to high; no interpolation',
    range: 'above 0 to 1; without skill it is the share of errors; null without errors',
    source: 'Davis & Goadrich 2006; the form of scikit-learn (average precision)',
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
    let before = 0;
    for (let r = 1; r <= runs; r++) {
      const found = weight[r] - right[r];
      if (weight[r] > 0) area += (found - before) * (found / weight[r]);
      before = found;
    }
    return before > 0 ? area / before : Number.NaN;
  };
}
