import { basename } from 'node:path';
import { plural } from '../../support/words/plural.js';
import { reliabilityDiagram } from '../charts/reliability-diagram.js';
import { observedRisk, riskChart } from '../charts/risk-chart.js';
import { figure, pageOf, pair, section, table } from '../frame.js';
import { type Html, html } from '../markup.js';
import { count, NONE, percent } from '../numbers.js';
import { withInterval } from '../sections/before-after.js';
import { betterSide, furtherNames, metricNames } from '../words.js';
import { compared, measureWords } from './compared.js';
import type { DecisionRecord, Evaluation } from './results.js';
import { neededList, verdictTable } from './verdict-table.js';
import { promiseWords, seenWords, subjectWords, togetherWords, undecidedWords, verdictHeadline } from './words.js';

/** Where and when an evaluation was made. */
export interface EvaluationContext {
  created: string;
  /** Paths of the answers; empty if they came from memory. */
  files: readonly string[];
  /** What the reader noticed, as sentences. */
  warnings: readonly string[];
  /** Version of vouch. */
  vouch: string;
}

/**
 * The report of an evaluation: one page that loads nothing else and has no script. The verdict comes first, in words;
 * then a table of the promises, the charts of the training report, and the measures.
 */
export function evaluationHtml(evaluation: Evaluation, context: EvaluationContext): string {
  const { created, files, vouch } = context;
  const names = files.map((file) => basename(file));
  const subject = names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
  const about = subject === '' ? plural(evaluation.answers, 'answer') : subject;
  const main = html`${verdict(evaluation, about, created)}
${charts(evaluation)}
${evaluation.against !== undefined && compared(evaluation.against)}
${measures(evaluation)}
${decisions(evaluation)}
${facts(evaluation, context)}`;
  return pageOf({ title: `${about}: vouch evaluation`, vouch }, main);
}

function verdict(evaluation: Evaluation, about: string, created: string): Html {
  const { promises, answers, groups } = evaluation;
  const together = togetherWords(promises);
  const [only] = promises;
  return html`<header id="top">
<p class="eyebrow">vouch evaluation · ${about} · <time datetime="${created}">${created.slice(0, 10)}</time></p>
<h1>${verdictHeadline(promises)}</h1>
${promises.length === 1 && html`<p class="lead">Promised: ${promiseWords(only)}. ${seenWords(only)}</p>`}
${promises.length === 1 && html`<p class="lead">${undecidedWords(only)}</p>`}
${promises.length > 1 && neededList(promises)}
${together !== null && html`<p class="lead">${together}</p>`}
<p class="lead">Judged on ${plural(answers, 'labelled answer')} to ${plural(groups, 'question')}.</p>
${promises.length > 0 && verdictTable(promises, 'Each promise of the bundle')}
${
  promises.length > 0 &&
  html`<p class="note">The line is the interval of the share of wrong answers, the tick is what was promised. Broken: the
whole line is to the right of the tick. Kept: it is not. The labels to decide are all labelled answers, including those
that are there; the number assumes that errors and acceptance stay as they are.</p>`
}
</header>`;
}

function charts({ answers, riskCoverage, riskBand, promises, metrics, ...evaluation }: Evaluation): Html {
  const accepting = promises.filter(({ error }) => error.value !== null);
  const risk = figure(
    'Risk–coverage curve',
    riskChart({
      ...{ points: riskCoverage, band: riskBand, dotName: 'accepted' },
      targets: promises.map(({ alpha }) => alpha),
      dots: accepting.map((promise) => ({
        coverage: promise.accepted / answers,
        error: promise.error.value ?? 0,
        low: promise.error.low,
        high: promise.error.high,
        title: `${subjectWords(promise)}: ${seenWords(promise)}`,
      })),
    }),
    `${observedRisk(riskCoverage)} The shaded band is a 95% interval at each coverage.` +
      (accepting.length === 0 ? '' : ' Each dot is what a promise accepted, with the interval of its errors.'),
  );
  const { reliability: bins, reliabilityCurve: curve } = evaluation;
  const ece = `Calibration error, smooth: ${measureWords('smoothEce').show(metrics.smoothEce?.value)}.`;
  return section('charts', 'How good the probabilities are', [
    html`<p>The first chart shows the share of wrong answers if only the answers with the highest probabilities are
accepted. The second shows whether 80% means 80%: the line is the share of right answers among the answers with about
that probability, and on the diagonal the two are equal. Bands and whiskers are 95% intervals.</p>`,
    pair(risk, reliabilityDiagram('Reliability diagram', { bins, curve, band: [], tone: 'vouch', ece })),
  ]);
}

function measures({ metrics }: Evaluation): Html {
  const names = [...metricNames, ...furtherNames].filter((name) => metrics[name] !== undefined);
  return section('measures', 'Measures', [
    html`<p>All labelled answers count here, whether a promise covers them or not. Intervals: 95%, bootstrap over
questions.</p>`,
    table(
      'Quality of the probabilities',
      [
        {
          head: 'Measure',
          content: (name) => html`${measureWords(name).label}<small>${betterSide(name)} is better</small>`,
        },
        { head: 'Value', kind: 'number', content: (name) => withInterval(metrics[name], measureWords(name).show) },
      ],
      names,
    ),
  ]);
}

/** What each kind of answer got, and how many answers no promise covers, by reason. */
function decisions({ decisions: records }: Evaluation): Html {
  const share = (n: number, { rows }: DecisionRecord) => (n === 0 ? NONE : percent(n / rows));
  const uncovered = (record: DecisionRecord) =>
    Object.entries(record.undecided).map(([why, n]) => html`<small>${count(n)}: ${why}</small>`);
  return section('decisions', 'What was decided, and what does not count', [
    html`<p>A verdict counts only answers that a promise covers. The last column counts the others, with the reason.</p>`,
    table(
      'Decisions by kind of answer',
      [
        { head: 'Answers', content: (record) => subjectWords(record) },
        { head: 'Number', kind: 'number', content: ({ rows }) => count(rows) },
        { head: 'Accepted', kind: 'number', content: (record) => share(record.accepted, record) },
        { head: 'Abstained', kind: 'number', content: (record) => share(record.abstained, record) },
        { head: 'Escalated', kind: 'number', content: (record) => share(record.escalated, record) },
        { head: 'Accepted without a promise', kind: 'number', content: ({ unpromised }) => count(unpromised) },
        { head: 'Not covered', content: uncovered },
      ],
      records,
    ),
  ]);
}

function facts(evaluation: Evaluation, { created, files, warnings, vouch }: EvaluationContext): Html {
  const { bundle, answers, groups, unlabelled, seen, promises } = evaluation;
  const methods = new Set(promises.map(({ guarantee }) => guarantee));
  const pairs: [string, string][] = [
    ['Bundle', bundle],
    ['Labelled answers, questions', `${count(answers)}, ${count(groups)}`],
    ['Answers without a label', count(unlabelled)],
    ['Left out: seen in training', `${plural(seen.answers, 'answer')}, ${plural(seen.questions, 'question')}`],
    ['Files', files.map((file) => basename(file)).join(', ') || NONE],
    ['Made', `${created.slice(0, 16).replace('T', ' ')} UTC`],
    ['vouch', vouch],
  ];
  return section('run', 'How this was judged', [
    methods.has('finite-sample') &&
      html`<p>Promises with one accepted answer per question are judged by the exact binomial test.</p>`,
    methods.has('asymptotic') &&
      html`<p>Where questions have several accepted answers, or labels have weights, answers are not independent. There the
binomial test counts an effective number of trials, which is approximate and was checked by simulation.</p>`,
    html`<p>A promise that is kept exactly at its target is called broken with a probability of at most 1 minus its
confidence.</p>`,
    warnings.length > 0 && html`<ul class="warnings">${warnings.map((line) => html`<li>${line}</li>`)}</ul>`,
    html`<dl class="facts">${pairs.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`,
  ]);
}
