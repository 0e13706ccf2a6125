import { meanOver } from '../interval/group-means.js';
import { metric, type ReportedMetric, type Resampled } from '../metric.js';
import type { Table } from '../scored.js';
import { bestRiskArea, riskArea } from './aurc.js';

/**
 * Prediction rejection ratio: (r − AURC) / (r − AURC of the best ranking), where r is the share of errors, which is
 * also the AURC of a random ranking. 1 is the best ranking, 0 is no skill, below 0 is worse than chance; NaN if all
 * labels are the same. Source: Malinin & Gales 2021, sec. 6; the area is that of the mean quality of the kept answers,
 * as in LM-Polygraph (Fadeeva et al. 2023).
 */
export const prrMetric: ReportedMetric = metric({
  name: 'prr',
  text: {
    title: 'PRR',
    says: 'The prediction rejection ratio: the gain over a random ranking as a share of the gain of a perfect ranking.',
    formula: '(r − AURC) / (r − AURC of the perfect ranking); r is the share of errors',
    range: 'at most 1; 0 is no skill, below 0 is worse than chance; null if all labels are the same',
    source: 'Malinin & Gales 2021, sec. 6; the area as in LM-Polygraph (Fadeeva et al. 2023)',
  },
  better: 'higher',
  interval: 'percentile',
  prepare,
});

function prepare(table: Table): Resampled {
  const [area, best] = [riskArea(table), bestRiskArea(table)];
  const risk = meanOver(table, (i) => 1 - table.label[i]);
  return (times) => {
    const random = risk(times);
    const room = random - best(times);
    return room > 1e-12 ? (random - area(times)) / room : Number.NaN;
  };
}
