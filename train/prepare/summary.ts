import { equationColumns, equationSentence, qualityText, taskName } from '../../report/equations.js';
import { cutoff, percent } from '../../report/numbers.js';
import type { CostReport, Estimate, MetricName, Metrics, ReportData } from '../../report/results.js';
import { tooFew } from '../../report/too-few.js';
import { maxOf } from '../../support/extremes.js';
import { plural } from '../../support/words/plural.js';
import { thousands } from '../../support/words/thousands.js';

/** The summary that `vouch train` prints at the end as JSON. */
export function summaryOf(report: ReportData, out: string) {
  const shipped = report.selection.learners.find((candidate) => candidate.chosen);
  return {
    out,
    learner: shipped?.name,
    calibrator: report.selection.calibrators.find((candidate) => candidate.chosen)?.name,
    answers: report.data.labelled,
    groups: report.data.groups,
    metrics: report.test.metrics,
    before: report.before === null ? null : { name: report.before.name, metrics: report.before.metrics },
    paired: report.paired,
    thresholds: report.thresholds,
    sliceClaims: report.sliceClaims ?? [],
    costs: report.costs ?? null,
    equations: report.equations ?? null,
    warnings: report.data.warnings,
    seconds: report.timings,
  };
}

const shown: [MetricName, string, boolean][] = [
  ['logLoss', 'log-loss', false],
  ['brier', 'Brier score', false],
  ['auroc', 'AUROC', false],
  ['aurocWithin', 'AUROC within model and task', false],
  ['ece', 'calibration error (ECE)', true],
  ['accuracyAtCoverage', 'accuracy at 80% coverage', true],
];

/** The table of before and after that `vouch train` prints for people. */
export function beforeAfter(report: ReportData): string {
  const plain = report.baselines.plattPerCell ?? report.baselines.bestSignal;
  const columns: [string, Metrics | undefined][] = [
    [report.before === null ? 'before' : `before: ${report.before.name}`, report.before?.metrics],
    [
      plain === undefined ? 'baseline' : plain.says.replace('Platt per (model, task) on ', 'Platt per slice: '),
      plain?.metrics,
    ],
    ['vouch', report.test.metrics],
  ];
  const used = columns.filter((column): column is [string, Metrics] => column[1] !== undefined);
  const rows = shown.map(([name, label, percent]) => [
    label,
    ...used.map(([, metrics]) => estimateText(metrics[name], percent)),
  ]);
  return table([
    [
      report.judged?.how === 'cross'
        ? `${plural(report.parts[1].rows, 'answer')}, each scored without its question`
        : `${plural(report.parts[1].rows, 'answer')} not used for training`,
      ...used.map(([name]) => name),
    ],
    ...rows,
  ]);
}

/** The quality by task, with and without the signals that check equations, for people; empty if none were checked. */
export function equationLines(report: ReportData): string[] {
  const { equations } = report;
  const sentence = equationSentence(report);
  if (equations === undefined || sentence === null) return [];
  const columns = equationColumns(report);
  const rows = equations.tasks.map((row) => [
    taskName(row),
    thousands(row.answers),
    percent(row.right),
    ...columns.map(({ of }) => qualityText(of(row))),
  ]);
  const head = ['log-loss (AUROC) by task', 'answers', 'right', ...columns.map(({ head }) => head)];
  return ['', table([head, ...rows]), '', sentence];
}

/**
 * What can be promised, one line per claim. If nothing is, the first line says so, with the reason where it is one for
 * all: too few labels, or no pattern of signals with enough of them.
 */
export function promises(report: ReportData): string {
  const of = ({ pattern, slice }: { pattern: string; slice?: string }) =>
    slice === undefined ? pattern : `${pattern}, ${slice}`;
  const lines = report.thresholds.map((t) =>
    t.threshold === null
      ? `${of(t)}: nothing certified for at most ${percent(t.alpha)} errors. ${t.advice ?? ''}`
      : [
          `${of(t)}: accept at probability ≥ ${cutoff(t.threshold, 3)}. This accepts ${percent(t.coverage)} of ` +
            'answers,',
          `with at most ${percent(t.alpha)} errors among them, at ${percent(1 - t.delta)} confidence`,
          `(observed: ${percent(t.error ?? 0)} errors on ${plural(t.acceptedGroups, 'question')}).`,
          ...(t.note === undefined ? [] : [t.note]),
        ].join(' '),
  );
  if (report.thresholds.some(({ threshold }) => threshold !== null)) return lines.join('\n');
  const reason = tooFew(report) ?? (lines.length === 0 ? noPattern(report.options) : '');
  return [`Nothing is certified. ${reason}`.trim(), ...lines].join('\n');
}

function noPattern({ patternRows }: ReportData['options']): string {
  return `No pattern of signals has the ${thousands(Number(patternRows))} labelled answers that a promise needs.`;
}

const policyNames: Record<CostReport['policies'][number]['name'], string> = {
  vouch: 'as vouch decides',
  probability: 'by probability alone',
  accept: 'accept all',
  abstain: 'abstain always',
  escalate: 'escalate all',
};

/** The cost per answer of each way to decide, for people; empty without a cost table. */
export function costLines(costs: CostReport | null): string[] {
  if (costs === null) return [];
  const show = (x: number | null) => (x === null ? '–' : x.toFixed(3));
  const rows = costs.policies.map(({ name, cost, accepted, escalated, abstained }) => [
    policyNames[name],
    `${show(cost.value)} (${show(cost.low)}–${show(cost.high)})`,
    ...[accepted, escalated, abstained].map(percent),
  ]);
  return ['', table([['cost per answer', '95%', 'accepted', 'escalated', 'abstained'], ...rows])];
}

function estimateText({ value, low, high }: Estimate, asPercent: boolean): string {
  if (value === null) return '–';
  const show = (x: number | null) => (x === null ? '–' : asPercent ? percent(x) : x.toFixed(3));
  return `${show(value)} (${show(low)}–${show(high)})`;
}

/** Rows of text as aligned columns; the first row is the heading. */
export function table(rows: string[][]): string {
  const widths = rows[0].map((_, j) => maxOf(rows.map((row) => row[j].length)));
  const line = (row: string[]) =>
    `  ${row.map((text, j) => (j === 0 ? text.padEnd(widths[j]) : text.padStart(widths[j]))).join('   ')}`;
  return [line(rows[0]), `  ${widths.map((width) => '─'.repeat(width)).join('───')}`, ...rows.slice(1).map(line)].join(
    '\n',
  );
}
