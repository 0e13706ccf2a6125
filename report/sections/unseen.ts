import * as Plot from '@observablehq/plot';
import { labelBelow } from '../axes.js';
import { type Column, figure, section, table } from '../frame.js';
import { type Html, html } from '../markup.js';
import { count, fixed, percent, shortened, signed } from '../numbers.js';
import { plot } from '../plot.js';
import type { LearningCurve, LeftOut, ReportData } from '../results.js';

/** What to expect for models and tasks that are not in the training data, and what more labels would bring. */
export function unseen({ leftOut, learningCurve }: ReportData): Html | null {
  if ((leftOut ?? []).length === 0 && learningCurve === undefined) return null;
  return section('unseen', 'A new model, a new task, more labels', [
    leftOut === undefined || leftOut.length === 0 ? null : leftOutTables(leftOut),
    learningCurve === undefined ? null : curve(learningCurve),
  ]);
}

function leftOutTables(rows: LeftOut[]): Html {
  const tables = (['task', 'model'] as const).map((by) => {
    const own = rows.filter((row) => row.by === by);
    return own.length === 0 ? null : table(`Leave one ${by} out`, columns(by), own);
  });
  const what = rows.some((row) => row.by === 'task') ? 'task or model' : 'model';
  return html`<p>Each row leaves all answers of one ${what} out of training and then predicts them (logistic regression
on the
fit part, other questions). Usually the ranking stays good, but the level of the probabilities may be wrong; a few
labels
correct it (<code>vouch adapt</code>).</p>
<p class="note">Flagged: the share of these answers whose shift value says that they are unlike the training answers;
such
answers get no decision. Above the thresholds: the share that the certified thresholds would accept, and the error rate
among
them. This is an indication only: nothing is promised for a model or task that is not in the training data, and its
answers
get no decision. Difference: ± one standard error, clustered by question.</p>${tables}`;
}

function columns(by: 'model' | 'task'): Column<LeftOut>[] {
  return [
    {
      head: by === 'task' ? 'Task' : 'Model',
      content: (row) => html`<span title="${row.name}">${shortened(row.name)}</span>`,
    },
    { head: 'Answers', kind: 'number', content: (row) => count(row.rows) },
    { head: 'Right', kind: 'number', content: (row) => percent(row.right) },
    { head: 'Log-loss, seen', kind: 'number', content: (row) => fixed(row.seen.logLoss) },
    { head: 'left out', kind: 'number', content: (row) => fixed(row.unseen.logLoss) },
    {
      head: 'Difference',
      kind: 'number',
      content: (row) => html`${signed(row.difference)}<small>± ${fixed(row.standardError, 3)}</small>`,
    },
    { head: 'AUROC, seen', kind: 'number', content: (row) => fixed(row.seen.auroc) },
    { head: 'left out', kind: 'number', content: (row) => fixed(row.unseen.auroc) },
    { head: 'ECE, left out', kind: 'number', content: (row) => percent(row.unseen.eceDebiased) },
    { head: 'Flagged', kind: 'number', content: (row) => percent(row.shifted) },
    { head: 'Above the thresholds', kind: 'number', content: (row) => percent(row.accepted?.share ?? null) },
    { head: 'wrong among them', kind: 'number', content: (row) => percent(row.accepted?.error ?? null) },
  ];
}

function curve({ points, gains }: LearningCurve): Html {
  const gained = gains.filter(({ gain }) => gain !== null);
  const caption =
    gained.length === 0
      ? 'The curve does not fall: more labels of the same kind would change little.'
      : `A power law through the curve predicts this change of the log-loss: ${gained
          .map(({ more, gain }) => `${signed(gain!)} with ${count(more)} more labels`)
          .join('; ')}.`;
  const chart = plot(
    {
      height: 270,
      marginLeft: 56,
      x: { type: 'log', label: 'labels', ...labelBelow, ticks: 5, tickFormat: ',' },
      y: { label: null, ticks: 5, nice: true, grid: true, labelArrow: 'none' },
      marks: [
        Plot.ruleX(points, {
          x: 'labels',
          y1: (point) => point.logLoss - point.standardError,
          y2: (point) => point.logLoss + point.standardError,
          stroke: 'var(--muted)',
        }),
        Plot.lineY(points, { x: 'labels', y: 'logLoss', stroke: 'var(--vouch)', strokeWidth: 2 }),
        Plot.dot(points, { x: 'labels', y: 'logLoss', r: 4, fill: 'var(--vouch)' }),
      ],
    },
    `Log-loss by number of labels. ${caption}`,
  );
  return figure(
    'Log-loss by number of labels',
    chart,
    `${caption} Logistic regression, out of fold, ± one standard error.`,
    'beside',
  );
}
