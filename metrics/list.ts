import { accuracyAtCoverageMetric } from './accuracy-at-coverage.js';
import { auprcErrorsMetric } from './auprc-errors.js';
import { aurcMetric } from './aurc.js';
import { aurocMetric } from './auroc.js';
import { aurocWithinMetric } from './auroc-within.js';
import { brierMetric } from './brier.js';
import { brierCalibrationMetric } from './brier-calibration.js';
import { brierRefinementMetric } from './brier-refinement.js';
import { eAurcMetric } from './e-aurc.js';
import { eceMassMetric, eceMetric } from './ece.js';
import { eceDebiasedMetric } from './ece-debiased.js';
import { logLossMetric } from './log-loss.js';
import { mceMetric } from './mce.js';
import type { Metric } from './metric.js';
import { prrMetric } from './prr.js';
import { smoothEceMetric } from './smooth-ece.js';

/** The metrics a report leads with, in its order. */
export const mainMetrics: readonly Metric[] = [
  logLossMetric,
  brierMetric,
  aurocMetric,
  aurocWithinMetric,
  eceMetric,
  eceDebiasedMetric,
  accuracyAtCoverageMetric,
];

/** Those that stand in a table of their own. */
export const furtherMetrics: readonly Metric[] = [
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

/** All metrics of report.json. Adding one is one file and one line in a list above. */
export const metrics: readonly Metric[] = [...mainMetrics, ...furtherMetrics];

const names = new Set(metrics.map(({ name }) => name));
if (names.size !== metrics.length) throw new Error('two metrics share a name');
