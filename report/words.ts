import { metrics } from '../metrics/list.js';
import { COVERAGE } from '../metrics/selective/accuracy-at-coverage.js';
import type { Basis, Guarantee } from '../models/bundle/manifest.js';
import { fixed, type Maybe, percent, points, shortened, signed } from './numbers.js';
import type { FurtherName, MetricName, ReportData } from './results.js';

/** The words for a metric: its label, what it measures, how its values and differences are shown. */
interface MetricWords {
  label: string;
  says: string;
  show(x: Maybe): string;
  difference(x: Maybe): string;
}

const nats = { show: (x: Maybe) => fixed(x, 3), difference: (x: Maybe) => signed(x, 4) };
const share = { show: (x: Maybe) => percent(x), difference: points };

export const metricWords = labelled<MetricName>({
  logLoss: { says: 'penalty for probabilities far from the truth, in nats', ...nats },
  brier: { says: 'mean squared error of the probability', ...nats },
  auroc: { says: 'how often a right answer gets a higher probability than a wrong one', ...nats },
  aurocWithin: {
    says: 'the same, comparing only answers of the same model and task',
    ...nats,
  },
  ece: {
    says: 'mean gap between the predicted probability and the share of right answers',
    ...share,
  },
  eceDebiased: {
    says: 'the same, minus the gap that chance alone would cause',
    ...share,
  },
  accuracyAtCoverage: {
    says: `share of right answers among the ${percent(COVERAGE, 0)} with the highest probability`,
    ...share,
  },
});

export const metricNames = Object.keys(metricWords) as MetricName[];

/** Measures that are listed in a separate table. */
export const furtherWords = labelled<FurtherName>({
  brierCalibration: {
    says: 'how much a perfect recalibration would lower the Brier score',
    show: (x) => fixed(x, 4),
    difference: nats.difference,
  },
  brierRefinement: {
    says: 'the Brier score after a perfect recalibration',
    ...nats,
  },
  eceMass: {
    says: 'gap between predicted probability and share of right answers, in bins with equally many answers',
    ...share,
  },
  smoothEce: { says: 'the same gap without bins', ...share },
  mce: { says: 'the gap of the worst bin, however few answers it has', ...share },
  auprcErrors: {
    says: 'how well low probabilities find the wrong answers (area under the precision–recall curve)',
    ...nats,
  },
  aurc: { says: 'share of wrong answers among the accepted, averaged over all coverages', ...nats },
  eAurc: { says: 'the same, minus the AURC of a perfect ranking', ...nats },
  prr: { says: 'gain over a random ranking, as a share of the gain of a perfect ranking', ...nats },
});

export const furtherNames = Object.keys(furtherWords) as FurtherName[];

/** The measures to judge by. Differences on the other measures are folded away. */
export const leading: readonly MetricName[] = ['logLoss', 'aurocWithin'];

/** Whether lower or higher values of the metric are better, as the metric itself states. */
export function betterSide(name: MetricName | FurtherName): 'lower' | 'higher' {
  const found = metrics.find((metric) => metric.name === name);
  if (found === undefined) throw new Error(`no metric ${name}`);
  return found.better;
}

/** Adds the labels, which the metrics themselves state. */
function labelled<Name extends string>(words: Record<Name, Omit<MetricWords, 'label'>>): Record<Name, MetricWords> {
  const titles = new Map(metrics.map(({ name, text }) => [name, text.title]));
  const entries = Object.entries<Omit<MetricWords, 'label'>>(words);
  return Object.fromEntries(
    entries.map(([name, rest]) => [name, { label: titles.get(name) ?? name, ...rest }]),
  ) as Record<Name, MetricWords>;
}

/** What the report is about: its title, or the names of the files if it has only the default title. */
export function subject({ title, data }: ReportData): string {
  if (title !== '' && title !== 'vouch report') return title;
  const names = data.files.map((file) => file.replace(/^.*[/\\]/, ''));
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}

/** Text with a capital first letter. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const standings: Record<string, string> = {
  baseRate: 'Base rate',
  bestSignal: 'Best single signal, calibrated',
  plattPerCell: 'Platt scaling per model and task',
};

/** The name of a predictor that vouch is compared with. */
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
  natural: 'answers that have exactly these signals',
  hidden: 'answers that have more signals, with the others hidden (weaker)',
};

/** Under which condition the confidence of a claim holds. */
export const guaranteeWords: Record<Guarantee, string> = {
  'finite-sample': 'The confidence holds for any number of labels.',
  asymptotic:
    'The confidence is approximate (asymptotic): it holds if many questions are accepted. It was checked by ' +
    'simulation.',
};

/** A pattern of available signals in words: `free+logprobs+samples` is "text, token log-probabilities and samples". */
export function patternWords(pattern: string): string {
  const words = pattern.split('+').map((group) => groups[group] ?? group);
  return words.length === 1 ? words[0] : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}

/** The answers that a claim is about: their pattern, and their slice if it is about one. */
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
  blend: 'Weighted blend',
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
