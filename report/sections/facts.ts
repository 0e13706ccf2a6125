import { sourceCounts } from '../../data/label-sources.js';
import { plural } from '../../support/words/plural.js';
import { folded, section, table } from '../frame.js';
import { type Html, html, type Part } from '../markup.js';
import { count, percent, seconds } from '../numbers.js';
import type { ReportData } from '../results.js';
import { scaleOf, strip } from '../strip.js';

/** The data as it was read, and what a careful reader should know about it. */
export function dataFacts({ data }: ReportData): Html {
  const facts: [string, Part][] = [
    ['Answers read', count(data.read)],
    ['Labelled', count(data.labelled)],
    ['Unlabelled', count(data.unlabelled)],
    ['Unreadable, set aside', count(data.bad)],
    ['Questions', count(data.groups)],
    ['Right', percent(data.right)],
    ['Labelled by people', percent(data.human)],
    ...(data.sources === undefined ? [] : [['Labels by source', sourceCounts(data.sources)] as [string, Part]]),
    ['Models', count(data.models)],
    ['Tasks', count(data.tasks)],
    [
      'Signals',
      html`${count(data.signals)}<small>as ${plural(data.numeric, 'number')} and
${plural(data.categorical, 'category', 'categories')}</small>`,
    ],
  ];
  return section('data', 'The data', [
    data.warnings.length === 0
      ? html`<p>No warnings.</p>`
      : html`<ul class="warnings">${data.warnings.map((warning) => html`<li>${warning}</li>`)}</ul>`,
    html`<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`,
    data.grouping !== undefined && html`<p class="files">${data.grouping}</p>`,
    data.files.length > 0 &&
      html`<p class="files">${plural(data.files.length, 'file')}:
${data.files.map((file, i) => html`${i > 0 && ', '}<code>${file}</code>`)}</p>`,
    html`<p class="files">Fingerprint of ids and labels (SHA-256): <code>${data.fingerprint}</code></p>`,
  ]);
}

/** All that is needed to repeat the run, and how long it took. */
export function runFacts(report: ReportData): Html {
  const steps = Object.entries(report.timings);
  const at = scaleOf([0, ...steps.map(([, time]) => time)]);
  const total = steps.reduce((sum, [, time]) => sum + time, 0);
  return section('run', 'The run', [
    html`<p>Made on <time datetime="${report.created}">${report.created}</time> with seed ${String(report.seed)}
on backend <b>${report.backend.name}</b> (${report.backend.said
      .trim()
      .split(/\s*\n\s*/)
      .join('; ')}).${steps.length > 0 && ` It took ${seconds(total)}.`}</p>`,
    steps.length > 0 &&
      table(
        'Time by step',
        [
          { head: 'Step', content: ([name]) => name },
          { head: 'Time', kind: 'number', content: ([, time]) => seconds(time) },
          {
            head: '',
            kind: 'picture',
            content: ([, time]) => strip(at, [{ kind: 'bar', from: 0, to: time, tone: 'vouch' }]),
          },
        ],
        steps,
      ),
    pairs('Options', flattened(report.options)),
    pairs('Versions', Object.entries(report.versions)),
  ]);
}

function pairs(caption: string, rows: [string, string][]): Html | null {
  if (rows.length === 0) return null;
  const all = table(
    caption,
    [
      { head: 'Name', content: ([name]) => html`<code>${name}</code>` },
      { head: 'Value', content: ([, value]) => html`<code>${value}</code>` },
    ],
    rows,
  );
  return folded(caption, all);
}

/** `{ mlp: { batch: 256 } }` as `mlp.batch` 256. */
export function flattened(options: Record<string, unknown>, prefix = ''): [string, string][] {
  return Object.entries(options).flatMap(([name, value]): [string, string][] =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? flattened(value as Record<string, unknown>, `${prefix}${name}.`)
      : [[prefix + name, typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined')]],
  );
}
