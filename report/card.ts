import { sourceCounts } from '../data/label-sources.js';
import { plural } from '../support/words/plural.js';
import { aboutList } from './card/about.js';
import { cautionsOf } from './card/cautions.js';
import { approval, contentHashes, periodWords } from './card/provenance.js';
import { howToRead } from './card/reading.js';
import { equationSentence } from './equations.js';
import { judgedOn, measuredOn } from './judged-on.js';
import { list, plain, table } from './markdown.js';
import { count, fixed, interval, percent, points, shortened, signed } from './numbers.js';
import { promised } from './promise.js';
import type { Estimate, MetricName, ReportData, SliceRow } from './results.js';
import { rivalOf } from './rival.js';
import { leakNotes } from './suspect-notes.js';
import { tooFew } from './too-few.js';
import { isOff, noneOff, someOff } from './within-chance.js';
import {
  betterSide,
  capital,
  leading,
  metricNames,
  metricWords,
  recipeWords,
  standingLabel,
  subject,
} from './words.js';

/** The most rows in a table of the card; report.html and report.json list all of them. */
const SIGNALS = 10;
const SLICES = 10;

/**
 * card.md: a model card for the repository that a bundle is put into. It says what the model is, what it promises, how
 * and on what it was tested, and what it must not be used for. All numbers come from the report. Source: Mitchell et
 * al. 2019, "Model Cards". `hashes`: the SHA-256 of the bundle's other files, by name.
 */
export function reportCard(data: ReportData, hashes: Readonly<Record<string, string>> = {}): string {
  const learner = data.selection.learners.find(({ chosen }) => chosen)?.name;
  const calibrator = data.selection.calibrators.find(({ chosen }) => chosen)?.name;
  return `${[
    `# Probability that an answer is right: ${plain(subject(data))}`,
    'This model was made by vouch. It predicts the probability that an answer of a language model is right, from ' +
      'recorded ' +
      'facts about the answer (its signals). It does not explain why an answer is right or wrong.',
    ...leakNotes(data.suspects?.leaks ?? []).map((note) => `**Leak alarm: ${plain(note)}**`),
    '## Owner and intended use',
    aboutList(data.options),
    '## What it promises',
    ...promises(data),
    ...unpromised(data),
    '## How to read the promise',
    howToRead(data.thresholds),
    '## What it is',
    list([
      ['Learner', learner === undefined ? null : recipeWords(learner)],
      ['Calibrator', calibrator === undefined ? null : recipeWords(calibrator)],
      ['Why these', data.selection.why],
      [
        'Inputs',
        `${plural(data.data.signals, 'signal')} as ${plural(data.data.numeric, 'number')} and ` +
          plural(data.data.categorical, 'category', 'categories'),
      ],
      ['Made', `${data.created}, seed ${data.seed}, backend ${data.backend.name}`],
      [
        'Versions',
        Object.entries(data.versions)
          .map(([name, version]) => `${name} ${version}`)
          .join(', '),
      ],
    ]),
    '## How good it is',
    quality(data),
    ...compared(data),
    '## What it was trained and tested on',
    list([
      ['Files', data.data.files.join(', ')],
      [
        'Answers',
        `${count(data.data.read)} read, ${count(data.data.labelled)} of them with a label, ` +
          `to ${plural(data.data.groups, 'question')}` +
          (data.data.grouping === undefined ? '' : `. ${data.data.grouping}`),
      ],
      ['Period', periodWords(data.data.period, data.data.labelled)],
      ['Models and tasks', `${count(data.data.models)} and ${count(data.data.tasks)}`],
      ['Right', percent(data.data.right)],
      ['Labelled by people', percent(data.data.human)],
      ...(data.data.sources === undefined
        ? []
        : [['Labels by source', sourceCounts(data.data.sources)] as [string, string]]),
      ...data.parts.map(({ name, rows, groups, usedFor }): [string, string] => [
        `Part ${name}`,
        `${plural(rows, 'answer')} to ${plural(groups, 'question')}. ${capital(usedFor)}`,
      ]),
      ['Fingerprint (SHA-256 of ids and labels)', data.data.fingerprint],
    ]),
    '## Where it is weaker',
    weaker(data.slices),
    '## What it relies on',
    relies(data),
    '## What to know before use',
    cautions(data),
    '## Content hashes (SHA-256)',
    contentHashes(data.data.inputs, hashes),
    '## Approval',
    approval(),
  ].join('\n\n')}\n`;
}

/** Which answers are decided without a promise because the user asked for that. */
function unpromised({ options }: ReportData): string[] {
  const { acceptUnseen } = options as { acceptUnseen?: string[] };
  return acceptUnseen?.includes('models')
    ? [
        '**promise: none** for answers of models that were not in the training data. `--accept-unseen models` ' +
          'applies the same thresholds to them, and whoever trained this model is responsible for that. Their rows say ' +
          '`promise: none` and name no claim.',
      ]
    : [];
}

function promises(data: ReportData): string[] {
  if (data.thresholds.length === 0) {
    const none =
      'No threshold was certified, so nothing is promised about errors. The probabilities can still be used.';
    return [[none, tooFew(data)].filter((sentence) => sentence !== null).join(' ')];
  }
  return data.thresholds.map((t) => {
    const { headline, details } = promised(data, t);
    return `**${plain(headline)}**\n\n${details.map((line) => `- ${plain(line)}`).join('\n')}`;
  });
}

function quality(data: ReportData): string {
  const rival = rivalOf(data);
  const rows = metricNames.map((name) => [
    `${metricWords[name].label} (${betterSide(name)} is better)`,
    ...(rival === null ? [] : [estimate(rival.standing.metrics[name], name)]),
    estimate(data.test.metrics[name], name),
  ]);
  const head = ['Measure', ...(rival === null ? [] : [`${rival.role}: ${rival.name}`]), 'vouch'];
  const opening = `Measured on ${judgedOn(data)}, with 95% intervals (bootstrap over questions):`;
  const equations = equationSentence(data);
  return [opening, table(head, rows), measuredOn(data), equations && plain(equations)]
    .filter((part) => part !== null)
    .join('\n\n');
}

function compared(data: ReportData): string[] {
  const paired = data.paired.filter(({ metric }) => leading.includes(metric));
  if (paired.length === 0) return [];
  const rows = paired.map(({ against, metric, difference }) => {
    const { label, difference: show } = metricWords[metric];
    return [
      standingLabel(against, data),
      `${label} (${betterSide(metric)} is better)`,
      show(difference.value),
      interval(difference, show),
    ];
  });
  const shown = table(['Compared with', 'Measure', 'Difference', '95% interval'], rows);
  return [`Paired differences (vouch minus the other predictor):\n\n${shown}`];
}

function weaker(slices: SliceRow[]): string {
  const off = slices
    .filter(isOff)
    .sort((a, b) => Math.abs(b.right - b.meanProbability) - Math.abs(a.right - a.meanProbability));
  if (slices.length === 0) return 'The answers name no models or tasks, so there are no slices to compare.';
  if (off.length === 0) return noneOff(slices.length);
  const rows = off
    .slice(0, SLICES)
    .map((row) => [
      shortened(row.name),
      row.by,
      count(row.rows),
      percent(row.meanProbability),
      percent(row.right),
      points(row.right - row.meanProbability),
    ]);
  const which = off.length > SLICES ? ` The ${count(SLICES)} largest gaps:` : '';
  const shown = table(['Slice', 'By', 'Answers', 'Predicted', 'Right', 'Gap'], rows);
  return `${someOff(off.length, slices.length)}${which}\n\n${shown}`;
}

function relies(data: ReportData): string {
  const top = [...data.signals].sort((a, b) => b.permutation - a.permutation).slice(0, SIGNALS);
  if (top.length === 0) return 'The importance of the signals was not measured.';
  const rows = top.map(({ name, permutation, auroc, recorded }) => [
    shortened(name),
    signed(permutation),
    fixed(auroc),
    percent(recorded, 0),
  ]);
  const opening =
    'Importance: how much the log-loss rises when the values of a signal are shuffled (nats). ' +
    'Alone: AUROC of the signal alone, on the training answers.';
  return `${opening}\n\n${table(['Signal', 'Importance', 'Alone', 'Recorded'], rows)}`;
}

function cautions(data: ReportData): string {
  return cautionsOf(data)
    .map((line) => `- ${plain(line)}`)
    .join('\n');
}

function estimate(value: Estimate, name: MetricName): string {
  const { show } = metricWords[name];
  const span = interval(value, show);
  return span === '' ? show(value.value) : `${show(value.value)} (${span})`;
}
