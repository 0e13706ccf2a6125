import { plural } from '../../support/words/plural.js';
import { type Column, folded, section, table } from '../frame.js';
import { type Html, html } from '../markup.js';
import { count, fixed, percent, points, shortened } from '../numbers.js';
import type { ReportData, SliceRow } from '../results.js';
import { scale, strip } from '../strip.js';
import { chanceRange, isOff, noneOff, someOff } from '../within-chance.js';
import { metricWords } from '../words.js';

/** The most slices that a table shows unfolded, and the most that the folded table lists. */
const SHOWN = 12;
const LISTED = 400;

const kinds: [SliceRow['by'], string, string][] = [
  ['model', 'By model', 'model'],
  ['task', 'By task', 'task'],
  ['model and task', 'By model and task', 'combination'],
];

/** Are the probabilities right for each model and each task, or only on average? */
export function slices(data: ReportData): Html {
  if (data.slices.length === 0) {
    return section(
      'slices',
      'Model by model, task by task',
      html`<p class="empty">The answers name no models or tasks.</p>`,
    );
  }
  return section('slices', 'Model by model, task by task', [
    html`<p>${verdict(data.slices)}</p>`,
    html`<p class="note">The picture runs from 0 to 100%. The tick is the mean predicted probability. If this mean is
correct,
the share of right answers is inside the bar 99 times in 100 (each question counted once). The dot is the observed
share of
right answers.</p>`,
    kinds.map(([by, title, one]) =>
      part(
        title,
        one,
        data.slices.filter((row) => row.by === by),
      ),
    ),
  ]);
}

function part(title: string, one: string, rows: SliceRow[]): Html | null {
  if (rows.length === 0) return null;
  const sorted = [...rows].sort((a, b) => Number(isOff(b)) - Number(isOff(a)) || b.rows - a.rows);
  const listed = sorted.slice(0, LISTED);
  const shown = table(
    sorted.length > SHOWN ? `${title}: ${count(SHOWN)} of ${count(sorted.length)}, flagged ones first` : title,
    columns,
    sorted.slice(0, SHOWN),
  );
  if (sorted.length <= SHOWN) return shown;
  const name =
    listed.length < sorted.length
      ? `${title}: ${count(LISTED)} of ${count(sorted.length)}; the rest is in report.json`
      : title;
  return html`${shown}${folded(
    `All ${plural(sorted.length, one)}`,
    table(
      name,
      columns.filter(({ kind }) => kind !== 'picture'),
      listed,
    ),
  )}`;
}

const columns: Column<SliceRow>[] = [
  { head: 'Slice', content: (row) => html`<span title="${row.name}">${shortened(row.name)}</span>${flag(row)}` },
  { head: '0 to 100%', kind: 'picture', content: picture },
  { head: 'Predicted', kind: 'number', content: (row) => percent(row.meanProbability) },
  { head: 'Right', kind: 'number', content: (row) => percent(row.right) },
  { head: 'Gap', kind: 'number', content: (row) => points(row.right - row.meanProbability) },
  { head: 'Answers', kind: 'number', content: (row) => count(row.rows) },
  { head: 'Questions', kind: 'number', content: (row) => count(row.groups) },
  { head: 'ECE', kind: 'number', content: (row) => metricWords.ece.show(row.ece) },
  { head: 'Log-loss', kind: 'number', content: (row) => fixed(row.logLoss) },
  { head: 'Brier', kind: 'number', content: (row) => fixed(row.brier) },
  { head: 'AUROC', kind: 'number', content: (row) => fixed(row.auroc) },
];

function flag(row: SliceRow): Html | null {
  if (!isOff(row)) return null;
  return html` <mark>${row.right < row.meanProbability ? 'probability too high' : 'probability too low'}</mark>`;
}

function picture(row: SliceRow): Html {
  const range = chanceRange(row);
  return strip(scale(0, 1), [
    { kind: 'rule', at: 0, tone: 'muted' },
    { kind: 'rule', at: 1, tone: 'muted' },
    { kind: 'bar', from: range.low, to: range.high, tone: 'faint' },
    { kind: 'tick', at: row.meanProbability, tone: 'ink' },
    { kind: 'dot', at: row.right, tone: isOff(row) ? 'wrong' : 'vouch' },
  ]);
}

function verdict(rows: SliceRow[]): string {
  const off = rows.filter(isOff);
  if (off.length === 0) return noneOff(rows.length);
  const gap = (row: SliceRow) => Math.abs(row.right - row.meanProbability);
  const worst = off.reduce((a, b) => (gap(b) > gap(a) ? b : a));
  return [
    someOff(off.length, rows.length),
    `The largest gap is at ${shortened(worst.name)}: ${percent(worst.meanProbability)} was predicted,`,
    `${percent(worst.right)} of the answers were right.`,
    'Even if all mean probabilities were correct, chance alone would flag about',
    `${fixed(0.01 * rows.length, 1)} of the slices.`,
  ].join(' ');
}
