import { meanOver } from '../interval/group-means.js';
import { type Metric, metric, type Resampled } from '../metric.js';
import type { Table } from '../scored.js';
import { bestRiskArea, riskArea } from './aurc.js';

/**
 * Prediction rejection ratio: (r − AURC) / (r − AURC of the best ranking), where r is the share of errors, which is
 * also the AURC of a random ranking. 1 is the best ranking, 0 is no skill, below 0 is worse than chance; NaN if all
 * labels are the same. Source: Malinin & Gales 2021, sec. 6; the area is that of the mean quality of the kept answers,
 * as in LM-Polygraph (Fadeeva et al. 2023).
 */
export const prrMetric: Metric = metric({ name: 'prr', better: 'higher', interval: 'percentile', prepare });

function prepare(table: Table): Resampled {
  const [area, best] = [riskArea(table), bestRiskArea(table)];
  const risk = meanOver(table, (i) => 1 - table.label[i]);
  return (times) => {
    const random = risk(times);
    const room = random - best(times);
    return room > 1e-12 ? (random - area(times)) / room : Number.NaN;
  };
}
