import { eceMassMetric, eceMetric } from './calibration/ece.js';
import { eceDebiasedMetric } from './calibration/ece-debiased.js';
import { mceMetric } from './calibration/mce.js';
import { smoothEceMetric } from './calibration/smooth-ece.js';
import type { ReportedMetric } from './metric.js';
import { brierMetric } from './proper/brier.js';
import { brierCalibrationMetric } from './proper/brier-calibration.js';
import { brierRefinementMetric } from './proper/brier-refinement.js';
import { logLossMetric } from './proper/log-loss.js';
import { auprcErrorsMetric } from './ranking/auprc-errors.js';
import { aurocMetric } from './ranking/auroc.js';
import { aurocWithinMetric } from './ranking/auroc-within.js';
import { accuracyAtCoverageMetric } from './selective/accuracy-at-coverage.js';
import { aurcMetric } from './selective/aurc.js';
import { eAurcMetric } from './selective/e-aurc.js';
import { prrMetric } from './selective/prr.js';

/** The metrics that a report shows first, in this order. */
export const mainMetrics: readonly ReportedMetric[] = [
  logLossMetric,
  brierMetric,
  aurocMetric,
  aurocWithinMetric,
  eceMetric,
  eceDebiasedMetric,
  accuracyAtCoverageMetric,
];

/** The metrics that a report shows in a separate table. */
const furtherMetrics: readonly ReportedMetric[] = [
  brierCalibrationMetric,
  brierRefinementMetric,
  eceMassMetric,
  smoothEceMetric,
  mceMetric,
  auprcErrorsMetric,
  aurcMetric,
  eAurcMetric,
  prrMetric,
];

/** All metrics of report.json. To add one, add one file and one line in a list above. */
export const metrics: readonly ReportedMetric[] = [...mainMetrics, ...furtherMetrics];

const names = new Set(metrics.map(({ name }) => name));
if (names.size !== metrics.length) throw new Error('two metrics share a name');
