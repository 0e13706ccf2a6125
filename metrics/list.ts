import { accuracyAtCoverageMetric } from './accuracy-at-coverage.js';
import { aurocMetric } from './auroc.js';
import { aurocWithinMetric } from './auroc-within.js';
import { brierMetric } from './brier.js';
import { eceMetric } from './ece.js';
import { eceDebiasedMetric } from './ece-debiased.js';
import { logLossMetric } from './log-loss.js';
import type { Metric } from './metric.js';

/** The metrics of the report, in its order. Adding one is one file and one line here. */
export const metrics: readonly Metric[] = [
  logLossMetric,
  brierMetric,
  aurocMetric,
  aurocWithinMetric,
  eceMetric,
  eceDebiasedMetric,
  accuracyAtCoverageMetric,
];

const names = new Set(metrics.map(({ name }) => name));
if (names.size !== metrics.length) throw new Error('two metrics share a name');
