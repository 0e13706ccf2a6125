import { type Column, table } from './frame.js';
import { type Html, html } from './markup.js';
import { count, fixed, percent, shortened } from './numbers.js';
import type { Quality, ReportData, TaskQuality } from './results.js';

/**
 * How much of the gain comes from checking equations, in one sentence; null if no equations were checked. The gain is
 * that of logistic regression over one calibrated signal, in log-loss.
 */
export function equationSentence(data: ReportData): string | null {
  if (data.equations === undefined) return null;
  const [{ by }] = data.equations.tasks;
  const { logLoss: having } = by.linear;
  const { logLoss: lacking } = by.withoutEquations;
  const single = (data.baselines.plattPerCell ?? data.baselines.bestSignal)?.metrics.logLoss.value ?? null;
  const measured = `log-loss ${fixed(having)} with these signals and ${fixed(lacking)} without them`;
  const what = 'checking equations in the answers, and a program can do that without a trained model';
  if (single === null || !(single > having) || !(lacking > having)) {
    return `Some signals come from ${what}: logistic regression has ${measured}.`;
  }
  const share = Math.min(1, (lacking - having) / (single - having));
  return (
    `${percent(share, 0)} of the gain over one calibrated signal comes from ${what}: logistic regression has ` +
    `${measured}, one calibrated signal has ${fixed(single)}.`
  );
}

/** What the table compares, with the heads of its columns. */
export function equationColumns(data: ReportData): { head: string; of: (row: TaskQuality) => Quality | null }[] {
  const before = data.before === null ? [] : [{ head: `before: ${data.before.name}`, of: beforeOf }];
  return [
    ...before,
    { head: 'vouch', of: ({ by }) => by.vouch },
    { head: 'logistic regression', of: ({ by }) => by.linear },
    { head: 'without equations', of: ({ by }) => by.withoutEquations },
  ];
}

/** The name of a row. */
export function taskName({ task }: TaskQuality): string {
  return task === null ? 'all' : shortened(task, 40);
}

/** Log-loss, and AUROC in brackets: `0.361 (0.912)`. */
export function qualityText(quality: Quality | null): string {
  return quality === null ? '–' : `${fixed(quality.logLoss)} (${fixed(quality.auroc)})`;
}

/** The table of tasks with and without the signals that check equations; null if no equations were checked. */
export function equationTable(data: ReportData): Html | null {
  if (data.equations === undefined) return null;
  const columns: Column<TaskQuality>[] = [
    { head: 'Task', content: taskName },
    { head: 'Answers', kind: 'number', content: ({ answers }) => count(answers) },
    { head: 'Right', kind: 'number', content: ({ right }) => percent(right) },
    ...equationColumns(data).map(({ head, of }): Column<TaskQuality> => {
      return { head, kind: 'number', content: (row) => qualityText(of(row)) };
    }),
  ];
  return html`<p>${equationSentence(data)} Left out: ${data.equations.signals.join(', ')}.</p>
${table('By task: log-loss, and AUROC in brackets', columns, data.equations.tasks)}`;
}

function beforeOf({ by }: TaskQuality): Quality | null {
  return by.before;
}
