import { sourceCounts } from '../../data/label-sources.js';
import { type Column, folded, pageOf, section, table } from '../../report/frame.js';
import { type Html, html } from '../../report/markup.js';
import { chosenPercent, count, fixed, interval, NONE, percent } from '../../report/numbers.js';
import type { MetricName } from '../../report/results.js';
import { estimate } from '../../report/sections/before-after.js';
import { mistakes, textsNote } from '../../report/sections/mistakes.js';
import { betterSide, metricNames, metricWords } from '../../report/words.js';
import { plural } from '../../support/words/plural.js';
import type { Change } from '../change.js';
import type { AdaptedFacts } from '../facts.js';
import { opening } from './opening.js';
import type { AdaptationReport } from './results.js';
import { changeWords, doneWords, LIMITS, measuredWords, promiseSentences, subjectOf } from './words.js';

/** report.html of an adapted bundle: one file that loads nothing else and has no script. */
export function adaptationHtml(report: AdaptationReport): string {
  const { created, versions, warnings, adapted } = report;
  const main = html`<header id="top">
<p class="eyebrow">vouch report · adapted to ${subjectOf(report)} ·
<time datetime="${created}">${created.slice(0, 10)}</time></p>
<h1>A trained predictor, ${titleWords(adapted.change)} ${count(adapted.answers)} answers</h1>
${opening(report)}
${textsNote(report.mistakes) !== null && html`<p class="lead"><strong>${textsNote(report.mistakes)}</strong></p>`}
${promiseSentences(report).map((line) => html`<p class="lead">${line}</p>`)}
${warnings.map((line) => html`<p class="lead">${line}</p>`)}
</header>
${quality(report)}
${changes(report)}
${mistakes(report)}
${facts(report)}`;
  return pageOf({ title: `Adapted to ${subjectOf(report)}: vouch report`, vouch: versions.vouch }, main);
}

function titleWords(change: Change = 'adapt'): string {
  return change === 'adapt' ? 'adapted to' : `${doneWords[change]} on`;
}

function quality(report: AdaptationReport): Html {
  const { before, test, differences } = report;
  const columns: Column<MetricName>[] = [
    {
      head: 'Measure',
      content: (name) => html`${metricWords[name].label}<small>${betterSide(name)} is better</small>`,
    },
    { head: 'Before', kind: 'number', content: (name) => estimate(before.metrics[name], name) },
    { head: 'After', kind: 'number', content: (name) => estimate(test.metrics[name], name) },
    {
      head: 'Difference',
      kind: 'number',
      content: (name) => {
        const show = metricWords[name].difference;
        return html`${show(differences[name].value)}<small>${interval(differences[name], show)}</small>`;
      },
    },
  ];
  return section('quality', 'Before and after', [
    html`<p>${measuredWords(report)}, with 95% intervals (bootstrap over questions).</p>`,
    table('Quality of the probabilities', columns, metricNames),
  ]);
}

function changes({ adapted: { predictors, left, change } }: AdaptationReport): Html {
  return section('change', 'What was changed', [
    predictors.flatMap((each) => [html`<p>${changeWords(each, change)}</p>`, each.pulls.length > 0 && pullTable(each)]),
    left.length > 0 && html`<p class="note">Not changed, because of too few labels: ${left.join(', ')}.</p>`,
    predictors.some(({ pulls }) => pulls.length > 0) &&
      html`<p class="note">Each row is a correction that is pulled towards the trained predictor, or towards nothing (as
if trained from scratch). The numbers are the strength of the pull; “fixed” means that a part was not changed, “eased”
that large weights are pulled less. The mean of all corrections is used. Its shares depend on how well each correction
predicts questions that it has not seen.</p>`,
    html`<p>${LIMITS}</p>`,
  ]);
}

function pullTable({ pulls }: AdaptedFacts): Html {
  const force = (pull: number | null) => (pull === null ? 'fixed' : fixed(pull, 2));
  const weights = (pull: { weights: number | null; eased: boolean }) =>
    `${force(pull.weights)}${pull.eased ? ', eased' : ''}`;
  const all = table(
    'Corrections tried',
    [
      { head: 'Pulled towards', content: (pull) => pull.towards },
      { head: 'Level', kind: 'number', content: (pull) => force(pull.intercept) },
      { head: 'Slope', kind: 'number', content: (pull) => force(pull.slope) },
      { head: 'Weights', kind: 'number', content: weights },
      { head: 'Log-loss, cross-validated', kind: 'number', content: (pull) => fixed(pull.logLoss, 4) },
      { head: 'Share', kind: 'number', content: (pull) => percent(pull.share) },
    ],
    pulls,
  );
  return folded(`The ${plural(pulls.length, 'correction')} that were tried`, all);
}

function facts(report: AdaptationReport): Html {
  const { adapted, options, seed, from, fingerprint, files, tasks, models, versions } = report;
  const pairs: [string, string][] = [
    ['Answers, questions', `${count(adapted.answers)}, ${count(adapted.groups)}`],
    ['Adapted on, certified on', `${count(adapted.fit)}, ${count(adapted.certify)}`],
    ['Tasks', tasks.join(', ') || NONE],
    ['Models', models.join(', ') || NONE],
    [
      'Asked for',
      `at most ${chosenPercent(options.targetError as number)} errors, ` +
        `${chosenPercent(options.confidence as number)} confidence`,
    ],
    ['Seed', String(seed)],
    ['Files', files.join(', ')],
    ['Labels by source', sourceCounts(report.sources)],
    ['Fingerprint of ids and labels', fingerprint],
    ['Adapted from the manifest', from],
    [
      'Versions',
      Object.entries(versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(', '),
    ],
  ];
  return section(
    'run',
    'Data and run',
    html`<dl class="facts">${pairs.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`,
  );
}
