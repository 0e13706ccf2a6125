import type { MetricName, ReportData } from './data.js';
import { fixed, type Number0, percent, points, signed } from './numbers.js';

/** How a metric reads: its label, what it tells, how its values and differences are shown, which side is better. */
export interface MetricWords {
  label: string;
  says: string;
  better: 'lower' | 'higher';
  show(x: Number0): string;
  difference(x: Number0): string;
}

const nats = { show: (x: Number0) => fixed(x, 3), difference: (x: Number0) => signed(x, 4) };
const share = { show: (x: Number0) => percent(x), difference: points };

export const metricWords: Record<MetricName, MetricWords> = {
  logLoss: { label: 'Log-loss', says: 'surprise at the truth, in nats', better: 'lower', ...nats },
  brier: { label: 'Brier score', says: 'mean squared error of the probability', better: 'lower', ...nats },
  auroc: { label: 'AUROC', says: 'how well right is ranked above wrong', better: 'higher', ...nats },
  aurocWithin: {
    label: 'AUROC within model and task',
    says: 'the same, comparing only answers of one model to one task',
    better: 'higher',
    ...nats,
  },
  ece: {
    label: 'Calibration error (ECE)',
    says: 'gap between what is said and what comes true',
    better: 'lower',
    ...share,
  },
  eceDebiased: {
    label: 'ECE, debiased',
    says: 'the same, less what chance alone would show',
    better: 'lower',
    ...share,
  },
  accuracyAtCoverage: {
    label: 'Accuracy at coverage',
    says: 'share right among the surest answers',
    better: 'higher',
    ...share,
  },
};

export const metricNames = Object.keys(metricWords) as MetricName[];

/** The label of a metric in this report: accuracy at coverage says which coverage. */
export function metricLabel(name: MetricName, data: ReportData): string {
  const coverage = data.test.accuracyCoverage;
  if (name === 'accuracyAtCoverage' && coverage !== undefined) return `Accuracy of the surest ${percent(coverage, 0)}`;
  return metricWords[name].label;
}

const standings: Record<string, string> = {
  baseRate: 'Base rate',
  bestSignal: 'Best single signal, calibrated',
  plattPerCell: 'Platt per model and task',
};

/** What a predictor to be compared with is called. */
export function standingLabel(name: string, data: ReportData): string {
  if (data.before !== null && (name === 'before' || name === data.before.name)) return `Raw ${data.before.name}`;
  return standings[name] ?? name;
}

const groups: Record<string, string> = {
  free: 'text and own numbers',
  logprobs: 'token log-probabilities',
  samples: 'samples',
  verifiers: 'verifiers or stated confidence',
};

/** A pattern of available signals in words: `free+logprobs` is "text and own numbers, token log-probabilities". */
export function patternWords(pattern: string): string {
  return pattern
    .split('+')
    .map((group) => groups[group] ?? group)
    .join(', ');
}

const named: Record<string, string> = {
  logistic: 'Logistic regression',
  mlp: 'Neural network (MLP)',
  blend: 'Mean of both (blend)',
  none: 'None',
  temperature: 'Temperature',
  platt: 'Platt',
  isotonic: 'Isotonic',
};

/** A learner or calibrator in words. */
export function recipeWords(name: string): string {
  return named[name] ?? name;
}
