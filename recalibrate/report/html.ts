import { smoothEceMetric } from '../../metrics/calibration/smooth-ece.js';
import { reliabilityDiagram } from '../../report/charts/reliability-diagram.js';
import { measuresTable, measureWords } from '../../report/evaluation/compared.js';
import { neededList, verdictTable } from '../../report/evaluation/verdict-table.js';
import { pageOf, pair, section, table } from '../../report/frame.js';
import { type Html, html } from '../../report/markup.js';
import { count, fixed, NONE } from '../../report/numbers.js';
import type { ChangeCandidate } from '../candidates.js';
import type { RecalibrationReport } from './results.js';
import {
  changeNames,
  foldsSentence,
  headline,
  judgedClause,
  labelSentences,
  promiseSentences,
  shownMeasures,
} from './words.js';

/** The report of a recalibration: one page that loads nothing else and has no script. */
export function recalibrationHtml(report: RecalibrationReport): string {
  const { created, versions, files } = report;
  const about = files.slice(0, 3).join(', ');
  const main = html`<header id="top">
<p class="eyebrow">vouch recalibration · ${about} · <time datetime="${created}">${created.slice(0, 10)}</time></p>
<h1>${headline(report)}</h1>
<p class="lead">Chosen: ${changeNames[report.chosen]}. Why: ${report.why}.</p>
<p class="lead">Shipping: ${report.shipping}.</p>
${promiseSentences(report).map((line) => html`<p class="lead">${line}</p>`)}
${report.warnings.map((line) => html`<p class="lead"><strong>${line}</strong></p>`)}
</header>
${checked(report)}
${chosen(report)}
${labels(report)}
${facts(report)}`;
  return pageOf({ title: `${about}: vouch recalibration`, vouch: versions.vouch }, main);
}

function checked(report: RecalibrationReport): Html {
  const { parts, reliability, measures, labels } = report;
  const ece = (side: 'ours' | 'theirs') => {
    const found = measures.find(({ name }) => name === smoothEceMetric.name);
    return `Calibration error, smooth: ${measureWords(smoothEceMetric.name).show(found?.[side].value)}.`;
  };
  return section('checked', 'The new version and the one in service', [
    html`<p>On ${count(parts.held.answers)} answers to ${count(parts.held.questions)} questions${judgedClause(report)}.
${labels.isWeighted && 'All numbers are weighted: a labelled answer counts as many answers as it stands for. '}Differences: new minus in service, with 95% intervals (bootstrap over questions, paired).</p>`,
    html`<p>${report.rule}</p>`,
    measuresTable('New version and version in service', { ours: 'New', theirs: 'in service' }, shownMeasures(report)),
    pair(
      reliabilityDiagram('In service', { ...reliability.before, band: [], tone: 'before', ece: ece('theirs') }),
      reliabilityDiagram('New', { ...reliability.after, band: [], tone: 'vouch', ece: ece('ours') }),
    ),
  ]);
}

function chosen(report: RecalibrationReport): Html {
  const { candidates, promises } = report;
  const folds = foldsSentence(report);
  return section('chosen', 'Which change', [
    html`<p>Each change was fitted with one fold of the questions left out in turn, and predicted that fold. Chosen is the
smallest change whose log-loss is within one standard error of the best one. A standard error is that of the difference
from the best, paired by question.</p>`,
    table<ChangeCandidate>(
      'Changes, from the smallest on',
      [
        { head: 'Change', content: ({ change }) => changeNames[change] },
        { head: 'Log-loss', kind: 'number', content: ({ logLoss }) => fixed(logLoss, 4) },
        { head: 'Minus the best', kind: 'number', content: (each) => fixed(each.difference, 4) },
        { head: 'Standard error', kind: 'number', content: ({ standardError }) => fixed(standardError, 4) },
        { head: '', content: ({ change }) => (change === report.chosen ? 'chosen' : '') },
      ],
      candidates,
    ),
    folds !== null && html`<p>${folds}</p>`,
    promises.length > 0 && verdictTable(promises, 'Promises of the version in service, on the same questions'),
    promises.length > 0 && neededList(promises),
  ]);
}

function labels(report: RecalibrationReport): Html {
  return section(
    'labels',
    'Labels',
    labelSentences(report).map((line) => html`<p>${line}</p>`),
  );
}

function facts({ created, from, fingerprint, files, seed, versions }: RecalibrationReport): Html {
  const pairs: [string, string][] = [
    ['Version in service (SHA-256 of its manifest)', from],
    ['Fingerprint of ids and labels', fingerprint],
    ['Files', files.join(', ') || NONE],
    ['Seed', String(seed)],
    ['Made', `${created.slice(0, 16).replace('T', ' ')} UTC`],
    ['vouch', versions.vouch],
  ];
  return section(
    'run',
    'Data and run',
    html`<dl class="facts">${pairs.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`,
  );
}
