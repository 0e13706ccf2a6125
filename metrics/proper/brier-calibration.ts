import { pav } from '../calibration/pav.js';
import { meanOver } from '../interval/group-means.js';
import { metric, type ReportedMetric } from '../metric.js';
import type { Table } from '../scored.js';
import { brierMetric } from './brier.js';
import { refinement } from './brier-refinement.js';

/**
 * Calibration part of the Brier score: how much the best increasing recalibration, refitted in every draw, would lower
 * the score. It is in-sample, so noise keeps it above 0. Its interval is made on the square root, a distance to
 * calibration, and reaches 0 if noise explains it. Range [0, 1], lower is better. Source: Dimitriadis, Gneiting &
 * Jordan 2021, eq. 4 (miscalibration).
 */
export const brierCalibrationMetric: ReportedMetric = metric({
  name: 'brierCalibration',
  text: {
    title: 'Brier score: calibration part',
    says:
      'How much the best increasing recalibration of the probabilities would lower the Brier score. It is fitted ' +
      'to the same answers, so chance alone keeps it above 0.',
    formula: 'Brier score − refinement part',
    range: '0 to 1',
    source: 'Dimitriadis, Gneiting & Jordan 2021, eq. 4 (miscalibration)',
  },
  better: 'lower',
  interval: 'aboveNoise',
  prepare: (table) => root(brierMetric.prepare(table), refinement(table)),
  noise: (table) => root(fittedLoss(table), refinement(table)),
  draws: 500,
  read: (distance) => distance ** 2,
});

function root(loss: (times: Float64Array) => number, least: (times: Float64Array) => number) {
  return (times: Float64Array) => Math.sqrt(Math.max(0, loss(times) - least(times)));
}

/** Loss of the curve that is fitted to the original answers. What a draw's own curve gains over it is noise. */
function fittedLoss(table: Table) {
  const fitted = pav(table.probability, table.label, table.weight);
  return meanOver(table, (i) => (fitted[i] - table.label[i]) ** 2);
}
