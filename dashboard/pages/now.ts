import { wilson } from '../../metrics/interval/wilson.js';
import { figure, folded, pair, section, table } from '../../report/frame.js';
import { type Html, html, type Part } from '../../report/markup.js';
import { count, percent } from '../../report/numbers.js';
import { plural } from '../../support/words/plural.js';
import { type SharePoint, shareChart } from '../charts/share-chart.js';
import { stepWords } from '../charts/times.js';
import { boughtIn } from '../read/bought.js';
import { type Counted, countsIn } from '../read/counts.js';
import { inSteps, type Period, periodOf, periodWords, stepAt, stepsOf } from '../read/period.js';
import { groupedBy, type Totals, totalsOf } from '../read/totals.js';
import { cascade } from './cascade.js';
import { type Page, periodLinks, tiles } from './page.js';
import { promises } from './promises.js';

/** What is going on: answers, coverage, errors among accepted answers, promises, alarms. */
export const now: Page = {
  title: 'Now',
  draw: async (input) => {
    const { db, asked } = input;
    const period = periodOf(asked.query.days, asked.now);
    const counts = await countsIn(db, period, asked.tenant);
    const totals = totalsOf(counts);
    const bought = await boughtIn(db, period, asked.tenant);
    const bundle = await input.bundle();
    const alphas = (bundle?.manifest.thresholds ?? []).flatMap(({ threshold, alpha }) =>
      threshold === null ? [] : [alpha],
    );
    return [
      periodLinks(input, period.days),
      totals.n === 0
        ? html`<p class="empty">No answer was scored in ${periodWords(period)}.</p>`
        : [headline(totals), overTime({ counts, period, alphas })],
      await promises(input, bundle),
      cascade({ totals, bought, bundle, prices: asked.prices, period }),
    ];
  },
};

function headline(totals: Totals): Html {
  const { n, accepted, acceptedPSum, acceptedLabelled, acceptedLabelSum } = totals;
  const error = errorOf({ labelled: acceptedLabelled, labelSum: acceptedLabelSum });
  return tiles([
    { name: 'Answers scored', value: count(n), note: '' },
    { name: 'Coverage', value: percent(accepted / n), note: `${plural(accepted, 'answer')} accepted` },
    {
      name: 'Wrong among accepted, by labels',
      value: percent(error.value),
      note:
        acceptedLabelled === 0
          ? 'no accepted answer has a label'
          : `95%: ${percent(error.low95)} to ${percent(error.high95)}; ${plural(acceptedLabelled, 'label')}; may be biased`,
    },
    {
      name: 'Wrong among accepted, expected',
      value: percent(accepted === 0 ? Number.NaN : 1 - acceptedPSum / accepted),
      note: 'by the probabilities, if calibration is unchanged',
    },
  ]);
}

/** Steps of the chart of errors: each needs enough labels. */
const ERROR_STEPS = 13;

interface OverTime {
  counts: readonly Counted[];
  period: Period;
  alphas: readonly number[];
}

function overTime({ counts, period, alphas }: OverTime): Html {
  const coarse = inSteps(period, ERROR_STEPS);
  const coverage = stepsIn(counts, period);
  const errors = stepsIn(counts, coarse);
  const last = coverage.findLast(({ n }) => n > 0);
  return section('time', 'Over time', [
    pair(
      figure(
        'Coverage',
        shareChart({
          ...{ points: coverage.map(({ at, coverage: value }) => ({ at, value })), period, isFull: true },
          label: 'share of answers accepted',
          words: `Coverage over ${periodWords(period)}. Last: ${percent(last?.coverage)}.`,
        }),
        'The share of all scored answers that a certified claim accepted.',
      ),
      figure(
        'Errors among accepted answers',
        shareChart({
          ...{ points: errors.map(({ error }) => error), period: coarse, targets: [...new Set(alphas)] },
          label: 'share wrong among accepted',
          words: `Share of wrong answers among accepted ones that have a label, over ${periodWords(period)}.`,
        }),
        errorCaption(alphas),
      ),
    ),
    folded('The numbers of the first chart', stepTable('Coverage over time', coverage, period)),
    folded('The numbers of the second chart', stepTable('Errors over time', errors, coarse)),
  ]);
}

interface Step {
  at: Date;
  n: number;
  coverage: number;
  labelled: number;
  error: SharePoint & ReturnType<typeof errorOf> & { expected: number };
}

function stepsIn(counts: readonly Counted[], period: Period): Step[] {
  const byStep = groupedBy(counts, ({ at }) => stepAt(period, at));
  return stepsOf(period).map((at) => {
    const totals = totalsOf(byStep.get(at.getTime() / 3_600_000) ?? []);
    const { n, accepted, acceptedPSum, acceptedLabelled: labelled, acceptedLabelSum: labelSum } = totals;
    const expected = accepted === 0 ? Number.NaN : 1 - acceptedPSum / accepted;
    return { at, n, coverage: accepted / n, labelled, error: { at, expected, ...errorOf({ labelled, labelSum }) } };
  });
}

function stepTable(caption: string, steps: readonly Step[], period: Period): Html {
  return table(
    caption,
    [
      { head: 'From (UTC)', content: ({ at }) => stepWords(at, period) },
      { head: 'Answers', kind: 'number', content: ({ n }) => count(n) },
      { head: 'Coverage', kind: 'number', content: (step) => percent(step.coverage) },
      { head: 'Labels on accepted', kind: 'number', content: ({ labelled }) => count(labelled) },
      { head: 'Wrong', kind: 'number', content: ({ error }) => percent(error.value) },
      { head: '95% interval', kind: 'number', content: ({ error }) => between(error.low95, error.high95) },
      { head: '90% interval', kind: 'number', content: ({ error }) => between(error.low90, error.high90) },
      { head: 'Expected', kind: 'number', content: ({ error }) => percent(error.expected) },
    ],
    steps.filter(({ n }) => n > 0),
  );
}

function errorCaption(alphas: readonly number[]): Part {
  return html`<span class="lines"><span class="line"></span>by labels <span class="line expected"></span>expected by the
probabilities ${alphas.length > 0 && html`<span class="line target"></span>promised at most`}</span>Bars: 95% and 90%
intervals (Wilson), as if labels were independent. <strong>This may be biased:</strong> users choose what they rate, and
the queue of the monitor prefers doubtful answers. Only the monitor, below, corrects for that.`;
}

/** The share of wrong answers among those with a label, with its limits. */
function errorOf({ labelled: n, labelSum }: { labelled: number; labelSum: number }) {
  if (n === 0)
    return { value: Number.NaN, low95: Number.NaN, high95: Number.NaN, low90: Number.NaN, high90: Number.NaN };
  const value = Math.min(1, Math.max(0, 1 - labelSum / n));
  const [wide, narrow] = [wilson(value, n, 0.95), wilson(value, n, 0.9)];
  return { value, low95: wide.low, high95: wide.high, low90: narrow.low, high90: narrow.high };
}

function between(low: number, high: number): string {
  return Number.isNaN(low) ? '' : `${percent(low)} to ${percent(high)}`;
}
