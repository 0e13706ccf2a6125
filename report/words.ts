import { metrics } from '../metrics/list.js';
import { COVERAGE } from '../metrics/selective/accuracy-at-coverage.js';
import type { Basis, Guarantee } from '../models/bundle/manifest.js';
import { fixed, type Maybe, percent, points, shortened, signed } from './numbers.js';
import type { FurtherName, MetricName, ReportData } from './results.js';

/** How a metric reads: its label, what it tells, how its values and differences are shown. */
interface MetricWords {
  label: string;
  says: string;
  show(x: Maybe): string;
  difference(x: Maybe): string;
}

const nats = { show: (x: Maybe) => fixed(x, 3), difference: (x: Maybe) => signed(x, 4) };
const share = { show: (x: Maybe) => percent(x), difference: points };

export const metricWords: Record<MetricName, MetricWords> = {
  logLoss: { label: 'Log-loss', says: 'surprise at the truth, in nats', ...nats },
  brier: { label: 'Brier score', says: 'mean squared error of the probability', ...nats },
  auroc: { label: 'AUROC', says: 'how well right is ranked above wrong', ...nats },
  aurocWithin: {
    label: 'AUROC within model and task',
    says: 'the same, comparing only answers of one model to one task',
    ...nats,
  },
  ece: {
    label: 'Calibration error (ECE)',
    says: 'gap between what is said and what comes true',
    ...share,
  },
  eceDebiased: {
    label: 'ECE, debiased',
    says: 'the same, less what chance alone would show',
    ...share,
  },
  accuracyAtCoverage: {
    label: `Accuracy of the surest ${percent(COVERAGE, 0)}`,
    says: 'share right among the surest answers',
    ...share,
  },
};

export const metricNames = Object.keys(metricWords) as MetricName[];

/** Measures that stand in a table of their own. */
export const furtherWords: Record<FurtherName, MetricWords> = {
  brierCalibration: {
    label: 'Brier score: calibration part',
    says: 'what the best recalibration could still win',
    show: (x) => fixed(x, 4),
    difference: nats.difference,
  },
  brierRefinement: { label: 'Brier score: refinement part', says: 'what would remain then', ...nats },
  eceMass: {
    label: 'ECE, bins of equal mass (ACE)',
    says: 'gap between what is said and what comes true, bins of as many answers each',
    ...share,
  },
  smoothEce: { label: 'Smooth ECE', says: 'the same gap without bins', ...share },
  mce: { label: 'Largest gap of a bin (MCE)', says: 'the worst bin, however few answers it holds', ...share },
  auprcErrors: { label: 'AUPRC of errors', says: 'how clean a list of suspects is', ...nats },
  aurc: { label: 'AURC', says: 'share wrong among the surest answers, over all coverages', ...nats },
  eAurc: { label: 'E-AURC', says: 'the same, less that of the best order there could be', ...nats },
  prr: { label: 'PRR', says: 'share of the best order’s gain over chance that is reached', ...nats },
};

export const furtherNames = Object.keys(furtherWords) as FurtherName[];

/** The measures to judge by; differences on the others are for those who ask. */
export const leading: readonly MetricName[] = ['logLoss', 'aurocWithin'];

/** Which way the metric is better, as the metric itself says. */
export function betterSide(name: MetricName | FurtherName): 'lower' | 'higher' {
  const found = metrics.find((metric) => metric.name === name);
  if (found === undefined) throw new Error(`no metric ${name}`);
  return found.better;
}

/** What the report is about: its title, or the files where it has none of its own. */
export function subject({ title, data }: ReportData): string {
  if (title !== '' && title !== 'vouch report') return title;
  const names = data.files.map((file) => file.replace(/^.*[/\\]/, ''));
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}

/** Text with its first letter large. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
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
  free: 'text',
  logprobs: 'token log-probabilities',
  samples: 'samples',
  verifiers: 'verifiers or stated confidence',
  others: 'answers of other models',
};

/** What a claim was certified on. */
export const basisWords: Record<Basis, string> = {
  natural: 'answers that came with just these signals',
  hidden: 'answers with more signals, hidden (weaker)',
};

/** How far the confidence of a claim is to be trusted. */
export const guaranteeWords: Record<Guarantee, string> = {
  'finite-sample': 'The confidence holds at any number of labels.',
  asymptotic:
    'The confidence is asymptotic: it holds where many questions were accepted, and was checked by simulation.',
};

/** A pattern of available signals in words: `free+logprobs+samples` is "text, token log-probabilities and samples". */
export function patternWords(pattern: string): string {
  const words = pattern.split('+').map((group) => groups[group] ?? group);
  return words.length === 1 ? words[0] : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}

/** The answers a claim is about: their pattern, and their slice where it is about one. */
export function claimWords({ pattern, slice }: { pattern: string; slice?: string }): string {
  return slice === undefined ? patternWords(pattern) : `${patternWords(pattern)}, ${shortened(slice)}`;
}

const named: Record<string, string> = {
  rate: 'Base rate',
  signal: 'Platt scaling of one signal',
  logistic: 'Logistic regression',
  trees: 'Boosted trees',
  mlp: 'Neural network (MLP)',
  tabm: 'Neural ensemble (TabM)',
  blend: 'Blend, in shares',
  none: 'None',
  temperature: 'Temperature',
  platt: 'Platt',
  beta: 'Beta',
  spline: 'Spline',
  isotonic: 'Isotonic',
};

/** A learner or calibrator in words. */
export function recipeWords(name: string): string {
  return named[name] ?? name;
}
