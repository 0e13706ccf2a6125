import type { Estimate } from '../../metrics/interval/interval.js';
import type { Abstentions } from './abstentions.js';
import type { Judgement } from './judgements.js';
import type { WholePredictor } from './whole-predictor.js';

/** Seconds of one step. */
interface Times {
  wall: number;
  cpu: number;
}

/** What tune_ptrue.py or tune_idk.py noted about one run. */
interface RunTimes {
  rows: number;
  heldOut: number;
  /** Numbers that were tuned; absent if there was no training. */
  weights?: number;
  frozenLayers: Times;
  training?: Times;
  judging?: Times;
  asking?: Times;
}

/** results.json. */
export interface Results {
  answers: number;
  questions: number;
  right: number;
  judgements: Judgement[];
  abstentions: Abstentions | null;
  whole: WholePredictor | null;
  times: { ptrue: RunTimes[]; idk: RunTimes | null };
}

/** The tables of the README by the name of their place there. */
export function tables(results: Results): Record<string, string> {
  return {
    ptrue: ptrueTable(results),
    idk: results.abstentions === null ? 'Not run.' : idkTable(results.abstentions),
    whole: results.whole === null ? 'Not run.' : wholeTable(results.whole),
    times: timesTable(results),
  };
}

const titles = new Map([
  ['recorded', 'as recorded: `vouch enrich --ptrue`, with six examples'],
  ['0', 'before tuning, without examples'],
]);

function ptrueTable({ judgements, answers, questions, right }: Results): string {
  const names = ['auroc', 'aurocWithin', 'brier', 'ece', 'logLoss'] as const;
  return [
    `${answers} held-out answers to ${questions} questions, ${percent(right)} of them right.`,
    '',
    '| P(True) | AUROC | AUROC within tasks | Brier | ECE | log-loss | AUROC − before | within − before | Brier − before |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...judgements.map(({ name, metrics, difference }) => {
      const title = titles.get(name) ?? `tuned on ${Number(name).toLocaleString('en')} rows`;
      const gaps = [difference?.auroc, difference?.aurocWithin, difference?.brier].map((gap) =>
        gap === undefined ? '' : signed(gap),
      );
      return `| ${[title, ...names.map((metric) => interval(metrics[metric])), ...gaps].join(' | ')} |`;
    }),
  ].join('\n');
}

function idkTable(found: Abstentions): string {
  return [
    '| | before | after |',
    '| --- | ---: | ---: |',
    `| share answered | 100% | ${shareText(found.answered)} |`,
    `| accuracy of what it answers | ${shareText(found.rightBefore)} | ${shareText(found.accuracy)} |`,
    `| accuracy of the earlier answers to the questions that it still answers | | ${shareText(found.accuracyBefore)} |`,
    `| right answers that it now declines to give | | ${shareText(found.lost)} |`,
  ].join('\n');
}

function wholeTable(found: WholePredictor): string {
  const row = (name: string, cell: (estimate: Estimate) => string, from: Record<string, Estimate>) =>
    `| ${name} | ${cell(from.logLoss)} | ${cell(from.auroc)} |`;
  return [
    `${found.answers} held-out answers, ${found.folds} folds by question.`,
    '',
    "| vouch's predictor | log-loss | AUROC |",
    '| --- | ---: | ---: |',
    row('without the tuned P(True)', interval, found.without),
    row('with it', interval, found.with),
    row('with − without, paired', signed, found.difference),
  ].join('\n');
}

function timesTable({ times }: Results): string {
  const cell = (step: Times | undefined) =>
    step === undefined ? '' : `${step.wall.toFixed(0)} s (${step.cpu.toFixed(0)})`;
  const row = (name: string, { frozenLayers, training, judging, asking }: RunTimes) =>
    `| ${name} | ${cell(frozenLayers)} | ${cell(training)} | ${cell(judging ?? asking)} |`;
  return [
    '| run | frozen layers | training | judging or asking |',
    '| --- | ---: | ---: | ---: |',
    ...times.ptrue.map((run) => row(`P(True), ${run.rows} rows`, run)),
    ...(times.idk === null ? [] : [row(`"I don't know", ${times.idk.rows} rows`, times.idk)]),
  ].join('\n');
}

const percent = (share: number) => `${(100 * share).toFixed(1)}%`;
const number = (x: number | null) => (x === null ? '–' : x.toFixed(3));
const plus = (x: number | null) => (x === null ? '–' : `${x >= 0 ? '+' : ''}${x.toFixed(3)}`);
const interval = ({ value, low, high }: Estimate) => `${number(value)} (${number(low)}–${number(high)})`;
const signed = ({ value, low, high }: Estimate) => `${plus(value)} (${plus(low)} to ${plus(high)})`;
const shareText = ({ value, low, high }: Estimate) =>
  value === null ? '–' : `${percent(value)} (${percent(low!)}–${percent(high!)})`;
