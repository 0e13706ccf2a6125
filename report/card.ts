import { sourceCounts } from '../data/label-sources.js';
import { judgedOn, measuredOn } from './judged-on.js';
import { list, plain, table } from './markdown.js';
import { chosenPercent, count, fixed, interval, percent, plural, points, shortened, signed } from './numbers.js';
import { promised } from './promise.js';
import type { Estimate, MetricName, ReportData, SliceRow } from './results.js';
import { rivalOf } from './rival.js';
import { leakNotes } from './suspect-notes.js';
import { isOff } from './within-chance.js';
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

/** Rows that a table of the card holds; report.html and report.json hold them all. */
const SIGNALS = 10;
const SLICES = 10;

/**
 * card.md: a model card for the repository a bundle goes to. What it is, what it promises, how it was judged, on what, and
 * what it must not be used for, all from the numbers of the report. Source: Mitchell et al. 2019, "Model Cards".
 */
export function reportCard(data: ReportData): string {
  const learner = data.selection.learners.find(({ chosen }) => chosen)?.name;
  const calibrator = data.selection.calibrators.find(({ chosen }) => chosen)?.name;
  return `${[
    `# How likely an answer is right: ${plain(subject(data))}`,
    'A correctness predictor made by vouch: from what is known of an answer of a language model (its signals), the probability that the answer is right. It sees the answer from outside and says nothing about why.',
    ...leakNotes(data.suspects?.leaks ?? []).map((note) => `**Leak alarm: ${plain(note)}**`),
    '## What it promises',
    ...promises(data),
    ...unpromised(data),
    '## What it is',
    list([
      ['Learner', learner === undefined ? null : recipeWords(learner)],
      ['Calibrator', calibrator === undefined ? null : recipeWords(calibrator)],
      ['Why these', data.selection.why],
      [
        'Inputs',
        `${plural(data.data.signals, 'signal')} as ${plural(data.data.numeric, 'number')} and ${plural(data.data.categorical, 'category', 'categories')}`,
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
    '## What it was trained and judged on',
    list([
      ['Files', data.data.files.join(', ')],
      [
        'Answers',
        `${count(data.data.labelled)} with a label of ${count(data.data.read)} read, to ${plural(data.data.groups, 'question')}${data.data.grouping === undefined ? '' : `. ${data.data.grouping}`}`,
      ],
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
    '## What it leans on',
    leans(data),
    '## What to know before use',
    cautions(data),
  ].join('\n\n')}\n`;
}

/** What is decided without a promise because the user asked for it. */
function unpromised({ options }: ReportData): string[] {
  const { acceptUnseen } = options as { acceptUnseen?: string[] };
  return acceptUnseen?.includes('models')
    ? [
        '**promise: none** for answers of models that were not trained on: `--accept-unseen models` applies the same thresholds to them, on the responsibility of whoever trained this. Their rows say `promise: none` and name no claim.',
      ]
    : [];
}

function promises(data: ReportData): string[] {
  if (data.thresholds.length === 0)
    return ['No threshold was certified, so nothing is promised about errors; the probabilities stand on their own.'];
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
  const said = measuredOn(data);
  return `On ${judgedOn(data)}, 95% intervals drawn by question:\n\n${table(head, rows)}${said === null ? '' : `\n\n${said}`}`;
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
  return [
    `Paired differences, vouch less the other:\n\n${table(['Against', 'Measure', 'Difference', '95% interval'], rows)}`,
  ];
}

function weaker(slices: SliceRow[]): string {
  const off = slices
    .filter(isOff)
    .sort((a, b) => Math.abs(b.right - b.meanProbability) - Math.abs(a.right - a.meanProbability));
  if (slices.length === 0) return 'The answers name no models or tasks, so no slices were looked at.';
  if (off.length === 0)
    return `In none of ${plural(slices.length, 'slice')} by model and task does the share right leave what chance allows (99 times in 100) around the mean probability.`;
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
  return `In ${count(off.length)} of ${plural(slices.length, 'slice')} the share right leaves what chance allows (99 times in 100) around the mean probability${off.length > SLICES ? `; the furthest ${count(SLICES)}` : ''}:\n\n${table(['Slice', 'By', 'Answers', 'Said', 'Right', 'Gap'], rows)}`;
}

function leans(data: ReportData): string {
  const top = [...data.signals].sort((a, b) => b.permutation - a.permutation).slice(0, SIGNALS);
  if (top.length === 0) return 'The worth of signals was not measured.';
  const rows = top.map(({ name, permutation, auroc, recorded }) => [
    shortened(name),
    signed(permutation),
    fixed(auroc),
    percent(recorded, 0),
  ]);
  return `Rise of log-loss when a signal is shuffled (nats), and AUROC of the signal alone on the answers trained on:\n\n${table(['Signal', 'Worth', 'Alone', 'Recorded'], rows)}`;
}

function cautions(data: ReportData): string {
  const deltas = [...new Set(data.thresholds.map(({ delta }) => chosenPercent(1 - delta)))];
  return [
    ...data.data.warnings,
    'It was judged on answers like those it was trained on. For a task it has never seen, ranking tends to survive and the probabilities do not; collect some labels there first.',
    ...(deltas.length === 0
      ? []
      : [
          `A promise is about answers drawn as these were, made with ${deltas.join(', ')} confidence; it does not hold for another mix of questions, another model or another grader.`,
        ]),
    'A probability is about the label it was trained on. Where the grader errs, so does it.',
    'It is no judgement of a person and no substitute for a check where a single wrong answer does harm.',
  ]
    .map((line) => `- ${plain(line)}`)
    .join('\n');
}

function estimate(value: Estimate, name: MetricName): string {
  const { show } = metricWords[name];
  const span = interval(value, show);
  return span === '' ? show(value.value) : `${show(value.value)} (${span})`;
}
