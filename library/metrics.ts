import { eceMassMetric, eceMetric } from '../metrics/calibration/ece.js';
import { eceDebiasedMetric } from '../metrics/calibration/ece-debiased.js';
import { mceMetric } from '../metrics/calibration/mce.js';
import { smoothEceMetric } from '../metrics/calibration/smooth-ece.js';
import { bootstrap, bootstrapDefaults } from '../metrics/interval/bootstrap.js';
import type { Estimate } from '../metrics/interval/interval.js';
import { finite } from '../metrics/interval/interval.js';
import type { ReportedMetric } from '../metrics/metric.js';
import { brierMetric } from '../metrics/proper/brier.js';
import { brierCalibrationMetric } from '../metrics/proper/brier-calibration.js';
import { brierRefinementMetric } from '../metrics/proper/brier-refinement.js';
import { logLossMetric } from '../metrics/proper/log-loss.js';
import { auprcErrorsMetric } from '../metrics/ranking/auprc-errors.js';
import { aurocMetric } from '../metrics/ranking/auroc.js';
import { aurocWithinMetric } from '../metrics/ranking/auroc-within.js';
import { accuracyAtCoverageMetric } from '../metrics/selective/accuracy-at-coverage.js';
import { aurcMetric } from '../metrics/selective/aurc.js';
import { eAurcMetric } from '../metrics/selective/e-aurc.js';
import { prrMetric } from '../metrics/selective/prr.js';
import { random } from '../support/random.js';
import {
  groupsOf,
  type Labels,
  labelsOf,
  type Names,
  type Numbers,
  openShare,
  sharesOf,
  weightsOf,
} from './columns.js';

/** Predictions and labels of answers: row i of every column is the same answer. */
export interface Predicted {
  /** Predicted probability that the answer is right. */
  probability: Numbers;
  /** 1 or true: right; 0 or false: wrong; a number between: partly right. */
  label: Labels;
  /** Question of each answer: the bootstrap draws whole questions. If absent, each answer has its own. */
  group?: Names;
  /** Weight of each answer; 1 if absent. */
  weight?: Numbers;
  /** For `aurocWithin`: the slice of each answer, for instance its model; only answers of one slice are compared. */
  slice?: Names;
}

/** Options of the interval. */
export interface IntervalOptions {
  /** Draws of the grouped bootstrap (default 2000); 0: no interval. */
  resamples?: number;
  /** Confidence of the interval (default 0.95). */
  confidence?: number;
  seed?: number;
}

/**
 * A metric: its value on these answers, with a grouped-bootstrap interval. Null if it is not defined (AUROC if all
 * answers are right). Errors: BAD_USAGE with the column, NO_LABELS.
 */
export interface MetricFunction {
  (answers: Predicted, options?: IntervalOptions): Estimate;
  readonly metric: string;
  readonly better: 'lower' | 'higher';
}

/** All metrics of the report by name: `metrics.ece({ probability, label, group }) → { value, low, high }`. */
export const metrics = {
  logLoss: measured(logLossMetric),
  brier: measured(brierMetric),
  auroc: measured(aurocMetric),
  aurocWithin: measured(aurocWithinMetric),
  ece: measured(eceMetric),
  eceDebiased: measured(eceDebiasedMetric),
  accuracyAtCoverage: measured(accuracyAtCoverageMetric),
  brierCalibration: measured(brierCalibrationMetric),
  brierRefinement: measured(brierRefinementMetric),
  eceMass: measured(eceMassMetric),
  smoothEce: measured(smoothEceMetric),
  mce: measured(mceMetric),
  auprcErrors: measured(auprcErrorsMetric),
  aurc: measured(aurcMetric),
  eAurc: measured(eAurcMetric),
  prr: measured(prrMetric),
} as const satisfies Record<string, MetricFunction>;

function measured(metric: ReportedMetric): MetricFunction {
  const measure = (answers: Predicted, options: IntervalOptions = {}): Estimate => {
    const { resamples = bootstrapDefaults.resamples, confidence = bootstrapDefaults.level, seed = 1 } = options;
    const label = labelsOf('label', answers.label);
    const n = label.length;
    const scored = {
      probability: sharesOf('probability', answers.probability, n),
      label,
      weight: weightsOf('weight', answers.weight, n),
      group: groupsOf('group', answers.group, n).group,
      slice: answers.slice === undefined ? undefined : groupsOf('slice', answers.slice, n).group,
    };
    if (resamples === 0) return { value: finite(metric.of(scored)), low: null, high: null };
    const level = openShare('confidence', confidence);
    return bootstrap([metric], scored, random(seed), { resamples, level })[metric.name];
  };
  return Object.assign(measure, { metric: metric.name, better: metric.better });
}
