import { expect, it } from 'vitest';
import { reportCard } from '../../report/card.js';
import { equationSentence } from '../../report/equations.js';
import { reportHtml } from '../../report/html.js';
import type { ReportData, TaskQuality } from '../../report/results.js';
import { equationLines } from '../../train/prepare/summary.js';
import { fakeReport } from './fake-report.js';

const quality = (logLoss: number, auroc: number | null) => ({ logLoss, auroc });
const all: TaskQuality = {
  task: null,
  answers: 300,
  right: 0.4,
  by: {
    before: quality(0.9, 0.6),
    vouch: quality(0.35, 0.9),
    linear: quality(0.4, 0.88),
    withoutEquations: quality(0.5, 0.8),
  },
};
const sums: TaskQuality = { ...all, task: 'sums', answers: 100, right: 0.25 };

/** A report whose calibrated signal has the given log-loss. */
function reportWith(single: number | null, tasks = [all, sums]): ReportData {
  const data = { ...fakeReport(), equations: { signals: ['text.equations', 'text.falseEquations'], tasks } };
  const { plattPerCell } = data.baselines;
  const logLoss = { ...plattPerCell.metrics.logLoss, value: single };
  data.baselines = {
    ...data.baselines,
    plattPerCell: { ...plattPerCell, metrics: { ...plattPerCell.metrics, logLoss } },
  };
  return data;
}

it('says which share of the gain is arithmetic that a program can do', () => {
  expect(equationSentence(reportWith(0.6))).toBe(
    '50% of the gain over one calibrated signal comes from checking equations in the answers, and a program can do ' +
      'that without a trained model: logistic regression has log-loss 0.400 with these signals and 0.500 without them, ' +
      'one calibrated signal has 0.600.',
  );
  expect(equationSentence(reportWith(0.45))).toContain('100% of the gain'); // never more than all of it
});

it('names no share if there is no gain, or no loss without them', () => {
  const plain =
    'Some signals come from checking equations in the answers, and a program can do that without a trained model: ' +
    'logistic regression has log-loss 0.400 with these signals and 0.500 without them.';
  expect(equationSentence(reportWith(0.4))).toBe(plain);
  expect(equationSentence(reportWith(null))).toBe(plain);
  const worse = { ...all, by: { ...all.by, withoutEquations: quality(0.39, 0.9) } };
  expect(equationSentence(reportWith(0.6, [worse]))).toContain('0.400 with these signals and 0.390 without them.');
});

it('stands next to the headline of the page, in the card and on the console, with a row per task', () => {
  const data = reportWith(0.6);
  const sentence = equationSentence(data) as string;
  expect(reportHtml(data).split('</header>')[0]).toContain(sentence);
  expect(reportCard(data)).toContain(sentence);
  const lines = equationLines(data);
  expect(lines.at(-1)).toBe(sentence);
  const table = lines[1].split('\n').map((line) => line.trim().split(/ {2,}/));
  expect(table[0]).toEqual([
    ...['log-loss (AUROC) by task', 'answers', 'right'],
    ...[`before: ${data.before!.name}`, 'vouch', 'logistic regression', 'without equations'],
  ]);
  const numbers = ['0.900 (0.600)', '0.350 (0.900)', '0.400 (0.880)', '0.500 (0.800)'];
  expect(table.slice(2)).toEqual([
    ['all', '300', '40.0%', ...numbers],
    ['sums', '100', '25.0%', ...numbers],
  ]);
});

it('says nothing if no equations were checked', () => {
  const data = fakeReport();
  expect(equationSentence(data)).toBe(null);
  expect(equationLines(data)).toEqual([]);
  expect(reportHtml(data)).not.toContain('checking equations');
});
