import { metric, type ReportedMetric, type Resampled } from '../metric.js';
import { ranking } from '../ranking/ranking.js';
import type { Table } from '../scored.js';
import { kept, perDraw } from '../shared.js';
import { harmonicRate } from '../special/harmonic.js';

/**
 * Area under the risk–coverage curve: the mean, over answers from the most certain down, of the share of errors among
 * those kept so far. Ties count as the mean over all orders, and a weight of k is k tied copies. A run of weight m with
 * share of errors r adds Σ_{j=1..m} (E + r j) / (K + j) = r m + (E − r K)(H(K + m) − H(K)), where E is the number of
 * errors among the K answers kept before it and H are the harmonic numbers. Range [0, 1], lower is better; without
 * skill it is the share of errors. Source: Geifman, Uziel & El-Yaniv 2019, eq. 2.
 */
export const aurcMetric: ReportedMetric = metric({
  name: 'aurc',
  text: {
    title: 'AURC',
    says:
      'The area under the risk–coverage curve: the share of wrong answers among the accepted, averaged over all ' +
      'coverages. It depends on how many answers are wrong, so only compare values from the same answers.',
    formula:
      'mean over k of the share of errors among the k answers with the highest probabilities; ties count as the mean over all orders',
    range: '0 to 1; without skill it is the share of errors',
    source: 'Geifman, Uziel & El-Yaniv 2019, eq. 2',
  },
  better: 'lower',
  interval: 'percentile',
  prepare: riskArea,
});

/** AURC, computed once per draw for all metrics that use it. */
export function riskArea(table: Table): Resampled {
  return kept(table, prepare);
}

/** AURC of the best possible ranking: by the labels themselves. */
export function bestRiskArea(table: Table): Resampled {
  return kept(table, prepareBest);
}

function prepareBest(table: Table): Resampled {
  return prepare({ ...table, probability: table.label });
}

function prepare(table: Table): Resampled {
  const { runs, sums } = ranking(table);
  return perDraw((times) => {
    const { weight, right } = sums(times);
    let area = 0;
    let errors = 0;
    let before = 0;
    for (let r = runs - 1; r >= 0; r--) {
      const mass = weight[r + 1] - weight[r];
      const wrong = mass - (right[r + 1] - right[r]);
      area += wrong + (errors * mass - wrong * before) * harmonicRate(before, mass);
      errors += wrong;
      before += mass;
    }
    return area / before;
  });
}
