import { figure, folded, pair, section, table } from '../../report/frame.js';
import { type Html, html } from '../../report/markup.js';
import { count, fixed, percent } from '../../report/numbers.js';
import { shortPercent } from '../../support/words/short-percent.js';
import { type FanPoint, fanChart } from '../charts/fan-chart.js';
import { stepWords } from '../charts/times.js';
import { binQuantile } from '../read/bin-quantile.js';
import { type Counted, countsIn } from '../read/counts.js';
import { dateOf, type Period, periodOf, periodWords } from '../read/period.js';
import { groupedBy, ranked, totalsOf } from '../read/totals.js';
import { type Page, periodLinks } from './page.js';
import { signals } from './signals.js';
import { stacked } from './stacked.js';

/** Probabilities, decisions, models and signals over time. */
export const scores: Page = {
  title: 'Scores and signals over time',
  draw: async (input) => {
    const { db, asked } = input;
    const period = periodOf(asked.query.days, asked.now);
    const counts = await countsIn(db, period, asked.tenant);
    const links = periodLinks(input, period.days);
    if (counts.length === 0) return [links, html`<p class="empty">No answer was scored in ${periodWords(period)}.</p>`];
    return [
      links,
      probabilities(counts, period),
      decisions(counts, period),
      await signals(input, period),
      slices(counts),
    ];
  },
};

function probabilities(counts: readonly Counted[], period: Period): Html {
  const points = [...groupedBy(counts, ({ at }) => at)].map(([at, own]): FanPoint & { n: number } => {
    const { bins, n } = totalsOf(own);
    const q = (level: number) => binQuantile(bins, level);
    return { at, n, q10: q(0.1), q25: q(0.25), q50: q(0.5), q75: q(0.75), q90: q(0.9) };
  });
  return section('probability', 'Probabilities', [
    figure(
      'Quantiles of the probability',
      fanChart({
        ...{ points, period, label: 'probability', domain: [0, 1], tickFormat: shortPercent },
        words: `Quantiles of the probability over ${periodWords(period)}.`,
      }),
      `Line: the median. Bands: the middle half and the middle 80% of the answers. Computed from counts in 24 bins, so a
quantile is off by less than the width of its bin (1 to 5 points).`,
      'beside',
    ),
    folded(
      'The numbers of this chart',
      table(
        'Quantiles of the probability over time',
        [
          { head: 'From (UTC)', content: ({ at }) => stepWords(dateOf(at), period) },
          { head: 'Answers', kind: 'number', content: ({ n }) => count(n) },
          ...(['q10', 'q25', 'q50', 'q75', 'q90'] as const).map((name) => ({
            head: `${name.slice(1)}%`,
            kind: 'number' as const,
            content: (point: FanPoint) => percent(point[name]),
          })),
        ],
        points,
      ),
    ),
  ]);
}

function decisions(counts: readonly Counted[], period: Period): Html {
  const undecided = counts.filter(({ decision, why }) => decision !== 'accept' && why !== '');
  return section('decisions', 'Decisions', [
    pair(
      shares('Decisions', counts, period, ({ decision }) => decision || 'no decision'),
      undecided.length === 0
        ? html`<p class="empty">All answers got a decision.</p>`
        : shares('Why answers got no certified decision', undecided, period, ({ why }) => why),
    ),
    pair(
      shares('Models', counts, period, ({ model }) => model || '(no model)'),
      shares('Tasks', counts, period, ({ task }) => task || '(no task)'),
    ),
  ]);
}

function shares(title: string, counts: readonly Counted[], period: Period, partOf: (count: Counted) => string): Html {
  const parts = counts.map((each) => ({ at: each.at, part: partOf(each), n: each.n }));
  return stacked({ title, counts: parts, period, unit: 'share of answers' });
}

/** The most rows of the table. */
const MOST_SLICES = 40;

function slices(counts: readonly Counted[]): Html {
  const keyOf = ({ model, task }: Counted) => JSON.stringify([model, task]);
  const all = groupedBy(counts, keyOf);
  const rows = ranked(counts, keyOf)
    .slice(0, MOST_SLICES)
    .map(([key]) => {
      const [model, task] = JSON.parse(key) as [string, string];
      return { model: model || '(no model)', task: task || '(no task)', totals: totalsOf(all.get(key)!) };
    });
  return section('slices', 'Models and tasks', [
    table(
      'Answers by model and task',
      [
        { head: 'Model', content: ({ model }) => model },
        { head: 'Task', content: ({ task }) => task },
        { head: 'Answers', kind: 'number', content: ({ totals }) => count(totals.n) },
        { head: 'Accepted', kind: 'number', content: ({ totals: { accepted, n } }) => percent(accepted / n) },
        { head: 'Mean probability', kind: 'number', content: ({ totals: { pSum, n } }) => fixed(pSum / n) },
        { head: 'Median', kind: 'number', content: ({ totals: { bins } }) => fixed(binQuantile(bins, 0.5), 2) },
        { head: 'Labels', kind: 'number', content: ({ totals }) => count(totals.labelled) },
        {
          head: html`Right, by labels<small>may be biased</small>`,
          kind: 'number',
          content: ({ totals: { labelled, labelSum } }) => percent(labelSum / labelled),
        },
      ],
      rows,
    ),
    all.size > rows.length && html`<p class="note">The ${count(rows.length)} largest of ${count(all.size)}.</p>`,
  ]);
}
