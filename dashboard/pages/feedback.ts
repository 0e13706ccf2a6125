import { figure, folded, section, table } from '../../report/frame.js';
import { type Html, html, type Part } from '../../report/markup.js';
import { count } from '../../report/numbers.js';
import { VouchError } from '../../support/errors.js';
import { plural } from '../../support/words/plural.js';
import { stackChart } from '../charts/stack-chart.js';
import { stepWords } from '../charts/times.js';
import { type CountedFeedback, feedbackIn, feedbackStep } from '../read/feedback.js';
import { dateOf, type Period, periodOf, periodWords } from '../read/period.js';
import { queueIds } from '../read/queue.js';
import { queuedAnswers } from '../read/waiting.js';
import { monitorLine } from './monitor-line.js';
import { legend, type Page, type PageInput, periodLinks } from './page.js';

/** Feedback by kind, what could not be used, and the queue of answers that wait for a label. */
export const feedback: Page = {
  title: 'Feedback and labels',
  draw: async (input) => {
    const { db, asked } = input;
    const period = periodOf(asked.query.days, asked.now);
    const counts = await feedbackIn(db, period, asked.tenant);
    return [
      periodLinks(input, period.days),
      section(
        'kinds',
        'Feedback',
        counts.length === 0
          ? html`<p class="empty">No feedback arrived in ${periodWords(period)}.</p>`
          : [kinds(counts), overTime(counts, period)],
      ),
      section('queue', 'Answers that wait for a label', await queue(input)),
    ];
  },
};

type Sums = Omit<CountedFeedback, 'at'>;

function kinds(counts: readonly CountedFeedback[]): Html {
  const sums = new Map<string, Sums>();
  for (const { at: _, ...each } of counts) {
    const sum = sums.get(each.kind);
    sums.set(each.kind, sum === undefined ? { ...each } : added(sum, each));
  }
  const total = [...sums.values()].reduce((a, b) => added(a, b));
  const rows = [...sums.values(), ...(sums.size > 1 ? [{ ...total, kind: 'all' }] : [])];
  return html`<p>A thumb, a star or a correction depends on the answer: users report errors more often. So feedback does not
move a promise.</p>${table(
    'Feedback by kind',
    [
      { head: 'Kind', content: ({ kind }) => kind },
      { head: 'Number', kind: 'number', content: ({ n }) => count(n) },
      { head: 'Right', kind: 'number', content: ({ said_right: n }) => count(n) },
      { head: 'Wrong', kind: 'number', content: ({ said_wrong: n }) => count(n) },
      { head: 'No label', kind: 'number', content: ({ unlabelled: n }) => count(n) },
      { head: 'Contradicts earlier feedback', kind: 'number', content: ({ contradicting: n }) => count(n) },
      { head: 'Answer not known', kind: 'number', content: ({ unknown: n }) => count(n) },
    ],
    rows,
  )}<p class="note">“No label”: nothing follows from it, for example a correction of an answer whose text is not stored, or
“cannot decide”. “Answer not known”: no stored answer of the tenant has this id (yet). A label of exactly ½ is neither
right nor wrong.</p>`;
}

function added(a: Sums, b: Sums): Sums {
  return {
    kind: a.kind,
    n: a.n + b.n,
    said_right: a.said_right + b.said_right,
    said_wrong: a.said_wrong + b.said_wrong,
    unlabelled: a.unlabelled + b.unlabelled,
    contradicting: a.contradicting + b.contradicting,
    unknown: a.unknown + b.unknown,
  };
}

const PARTS = ['right', 'wrong', 'neither'] as const;

function overTime(counts: readonly CountedFeedback[], given: Period): Html {
  const period = { ...given, step: feedbackStep(given.step) };
  const steps = new Map<number, Record<(typeof PARTS)[number], number>>();
  for (const { at, n, said_right: right, said_wrong: wrong } of counts) {
    const sum = steps.get(at) ?? { right: 0, wrong: 0, neither: 0 };
    steps.set(at, {
      right: sum.right + right,
      wrong: sum.wrong + wrong,
      neither: sum.neither + n - right - wrong,
    });
  }
  const points = [...steps].flatMap(([at, sum]) => PARTS.map((part) => ({ at, part, n: sum[part] })));
  const words = `Feedback over ${periodWords(period)}, by what it says.`;
  return html`${figure(
    'Feedback over time',
    html`<div>${legend(PARTS)}${stackChart({ points, parts: PARTS, period, label: 'feedback', isShare: false, show: count, words })}</div>`,
    'By the day on which it arrived (UTC).',
    'beside',
  )}${folded(
    'The numbers of this chart',
    table(
      'Feedback over time',
      [
        { head: 'From (UTC)', content: ([at]) => stepWords(dateOf(at), period) },
        ...PARTS.map((part) => ({
          head: part,
          kind: 'number' as const,
          content: ([, sum]: [number, Record<string, number>]) => count(sum[part]),
        })),
      ],
      [...steps],
    ),
  )}`;
}

async function queue({ db, setting, asked }: PageInput): Promise<Part> {
  const { queue: file, base } = setting;
  const howTo = [
    html`<p>The monitor draws the answers whose labels tell most about the promise. Let it write a queue, and name the file
when you start the service: <code>--review-queue queue.csv</code>.</p>`,
    monitorLine(setting, '--queue queue.csv'),
  ];
  if (file === null) return howTo;
  try {
    const ids = await queueIds(file);
    if (ids === null) return [html`<p>There is no queue yet.</p>`, howTo];
    const answers = await queuedAnswers(db, ids, asked.tenant);
    const waiting = answers.filter(({ said }) => said.length === 0).length;
    const absent = ids.length - answers.length;
    return [
      html`<p>${plural(ids.length, 'answer')} in the queue: ${plural(waiting, 'waits', 'wait')} for a label,
${plural(answers.length - waiting, 'was', 'were')} reviewed here${
        absent > 0 && html`, and ${plural(absent, 'is', 'are')} not in this store, or not among your answers`
      }.</p>`,
      waiting > 0 && html`<p><a class="button" href="${base}/review">Review the next answer</a></p>`,
      answers.length > waiting && [
        html`<p>The next run of the monitor over this store counts these reviews:</p>`,
        monitorLine(setting, ''),
        html`<p><a href="${base}/labels.jsonl" download>Download the labels</a> if the monitor reads files: give them as
<code>--labels labels.jsonl</code>.</p>`,
      ],
    ];
  } catch (error) {
    if (!(error instanceof VouchError)) throw error;
    return html`<p class="alarm">${error.message}</p>`;
  }
}
