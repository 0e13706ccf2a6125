import { metric, type ReportedMetric, type Resampled } from '../metric.js';
import type { Table } from '../scored.js';
import { bestRiskArea, riskArea } from './aurc.js';

/**
 * Excess AURC: AURC minus that of the best ranking of the same labels (all right answers first). What is left is caused
 * by the ranking and not by the answers. Range [0, 1], 0 is perfect. Source: Geifman, Uziel & El-Yaniv 2019, eq. 3
 * (exact, not their approximation).
 */
export const eAurcMetric: ReportedMetric = metric({
  name: 'eAurc',
  text: {
    title: 'E-AURC',
    says:
      'The AURC minus that of a perfect ranking of the same answers. What is left comes from the ranking, and not ' +
      'from the number of errors.',
    formula: 'AURC − AURC of the ranking with all right answers first',
    range: '0 to 1; 0 is perfect',
    source: 'Geifman, Uziel & El-Yaniv 2019, eq. 3 (exact, not their approximation)',
  },
  better: 'lower',
  interval: 'percentile',
  prepare,
});

function prepare(table: Table): Resampled {
  const [area, best] = [riskArea(table), bestRiskArea(table)];
  return (times) => area(times) - best(times);
}
