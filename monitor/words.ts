import { ONE_LOOK } from '../support/words/one-look.js';
import { plural } from '../support/words/plural.js';
import { shortPercent } from '../support/words/short-percent.js';
import { thousands } from '../support/words/thousands.js';
import type { Expected } from './expected.js';
import { isAheadOfState } from './promise/ahead-of-state.js';
import type { Standing } from './promise/standing.js';
import type { MonitorResult } from './results.js';

/** Number of signals that the text lists. */
const LISTED = 8;

/** The findings of a run in lines: promises first, then errors expected without labels, then drift and news. */
export function monitorText(found: MonitorResult, { psi, queue }: { psi: boolean; queue?: string }): string[] {
  const { promises, slices, expected, drift, feedback, labels } = found;
  return [
    ...answerLines(found),
    ...(promises.length === 0 ? ['no promise to watch: this bundle certified nothing'] : []),
    ...promises.flatMap((promise) => promiseLines(promise, found.since)),
    ...slices.map(({ claim, slice }) => `  more errors than promised in ${slice} (${claim})`),
    ...expectedLine('right among all answers', expected.right),
    ...expectedLine('wrong among accepted answers', expected.wrongAccepted),
    ...(found.rest === null
      ? []
      : [`wrong among answers that were not accepted: ${limits(found.rest)}, ${basis(found.rest.labels)}`]),
    ...driftLines(drift, psi),
    ...(feedback.now.right + feedback.now.wrong > 0
      ? [
          `feedback on accepted questions: ${count(feedback.now.right)} right, ${count(feedback.now.wrong)} wrong (may be biased)`,
        ]
      : []),
    ...(labels.unused > 0
      ? [
          `${plural(labels.unused, 'label was', 'labels were')} not used: counted before, or for answers that were ` +
            'neither drawn nor accepted in this run',
        ]
      : []),
    ...(queue === undefined ? [] : [`${plural(found.queue.length, 'answer')} to label: ${queue}`]),
    ...found.notices.map(({ text, isOver, since }) =>
      isOver ? `over: ${text} (began ${since ?? 'in an earlier run'})` : `ALARM: ${text}`,
    ),
    ...found.alerts
      .filter(({ key }) => found.notices.every((notice) => notice.key !== key))
      .map(({ text, since }) => `still on, since ${since ?? 'an earlier run'}: ${text}`),
  ];
}

/** `run 3: 120 new answers to 60 questions, 80 accepted (watched since 2026-01-01)`. */
function answerLines({ run, since, answers }: MonitorResult): string[] {
  const questions = plural(answers.questions, 'question');
  const to = answers.isSample ? `, a random part of ${questions} looked at in detail` : ` to ${questions}`;
  const period = since === null ? '' : ` (watched since ${since.slice(0, 10)})`;
  return [
    `run ${run}: ${plural(answers.new, 'new answer')}${to}, ${thousands(answers.accepted)} accepted${period}`,
    ...(answers.leftOut.otherBundle === 0
      ? []
      : [`${plural(answers.leftOut.otherBundle, 'answer')} left out: another bundle scored them`]),
    ...(answers.leftOut.deleted === 0
      ? []
      : [`${plural(answers.leftOut.deleted, 'answer')} left out: their content was deleted from the store`]),
    ...(answers.known === 0
      ? []
      : [`${plural(answers.known, 'answer')} skipped: seen by an earlier run, or older than the last answer it saw`]),
  ];
}

/** What an estimate rests on. */
function basis(labels: number): string {
  return labels === 0
    ? 'from the probabilities alone, because no drawn label has arrived'
    : `from the probabilities, corrected by ${plural(labels, 'drawn label')}`;
}

const SAID: Record<Standing['state'], (promise: Standing, since: string) => string> = {
  broken: ({ alpha }, since) =>
    `BROKEN: more than ${shortPercent(alpha)} of the accepted answers were wrong on average ${since}`,
  holds: ({ alpha }, since) =>
    `holds: fewer than ${shortPercent(alpha)} of the accepted answers were wrong on average ${since}`,
  recovered: ({ alpha }, since) => `was broken, and holds again: below ${shortPercent(alpha)} on average ${since}`,
  'cannot tell': ({ needed }) =>
    needed === null ? 'cannot tell' : `cannot tell: about ${plural(needed, 'more drawn label')} would decide it`,
};

function promiseLines(promise: Standing, since: string | null): string[] {
  const { claim, alpha, delta, state, labels, drawn, waiting, givenUp, error } = promise;
  const from = since === null ? 'since the first run' : `since ${since.slice(0, 10)}`;
  const open = [
    waiting > 0 ? `${thousands(waiting)} may still come` : '',
    givenUp > 0 ? `${thousands(givenUp)} overdue` : '',
  ].filter(Boolean);
  const bounds =
    error === null || waiting + givenUp === 0
      ? ''
      : `; missing ones all right ${shortPercent(error.allRight)}, all wrong ${shortPercent(error.allWrong)}`;
  return [
    `${claim} (at most ${shortPercent(alpha)}, confidence ${shortPercent(1 - delta)}): ${SAID[state](promise, from)}`,
    `  ${plural(labels, 'label')} of ${plural(drawn, 'drawn question')}${open.length === 0 ? '' : ` (${open.join(', ')})`}` +
      (error === null ? '' : `; wrong: ${limits(error)}${labels === 0 ? `, ${basis(labels)}` : ''}${bounds}`),
    ...(isAheadOfState(promise) ? [`  ${ONE_LOOK}`] : []),
  ];
}

function limits({ value, low, high }: { value: number; low: number; high: number }): string {
  return `${shortPercent(value)} (95%: ${shortPercent(low)} to ${shortPercent(high)})`;
}

function expectedLine(what: string, expected: Expected | null): string[] {
  return expected === null ? [] : [`expected ${what}: ${limits(expected)}, if calibration is unchanged`];
}

function driftLines(drift: MonitorResult['drift'], psi: boolean): string[] {
  if (drift === null) return [];
  const alarms = drift.filter(({ alarm }) => alarm);
  const shown = psi ? drift.slice(0, Math.max(LISTED, alarms.length)) : alarms.slice(0, LISTED);
  return [
    `drift: ${thousands(alarms.length)} of ${plural(drift.length, 'signal')} ${alarms.length === 1 ? 'differs' : 'differ'} from training`,
    ...shown.map(
      ({ signal, distance, pvalue, psi: index, missing: [before, now], alarm }) =>
        `  ${alarm ? '!' : ' '} ${signal}: distance ${distance.toFixed(3)}, ${pText(pvalue)}` +
        (psi ? `, PSI ${index.toFixed(3)}` : '') +
        (Math.abs(now - before) < 0.005 ? '' : `, missing ${shortPercent(before)} → ${shortPercent(now)}`),
    ),
  ];
}

/** Smaller p-values are only known to be small: they fall below what a number can hold. */
const LEAST_P = 1e-300;

function pText(pvalue: number): string {
  return pvalue < LEAST_P ? `p < ${LEAST_P}` : `p ${pvalue.toPrecision(2)}`;
}

function count(x: number): string {
  return Number(x.toFixed(1)).toLocaleString('en-US');
}
