import { pair, section, table } from '../../report/frame.js';
import { type Html, html, type Part } from '../../report/markup.js';
import { count, interval, money, percent } from '../../report/numbers.js';
import { type Price, type Prices, priceOf, stopOf, sumOf, worth } from '../../scorer/policy/prices.js';
import { appendAt } from '../../support/append.js';
import { plural } from '../../support/words/plural.js';
import type { Bought } from '../read/bought.js';
import type { BundleFacts } from '../read/bundle-facts.js';
import { type Period, periodWords } from '../read/period.js';
import type { Totals } from '../read/totals.js';
import { tiles } from './page.js';
import { stacked } from './stacked.js';

interface Cascade {
  totals: Totals;
  bought: readonly Bought[];
  bundle: BundleFacts | null;
  /** Prices of the policy that the service follows; null: none are known. */
  prices: Prices | null;
  period: Period;
}

/** What was bought for answers, and what that cost; nothing if the service neither follows a policy nor escalates. */
export function cascade({ totals, bought, bundle, prices: own, period }: Cascade): Html | null {
  const { escalated, selected } = totals;
  if (bought.length === 0 && escalated + selected === 0) return null;
  const prices = own ?? bundle?.policy?.prices ?? null;
  const body =
    bought.length === 0
      ? withoutPolicy(totals, bundle)
      : [...withPolicy({ bought, prices, totals, period, bundle }), charts(bought, prices, period)];
  return section('cascade', 'Cascade', body);
}

/** Answers for which the same stages were paid for. */
interface Path {
  stages: string[];
  n: number;
  accepted: number;
  /** What the first answer and the stages cost; null without a price for each of them. */
  price: Price | null;
}

function withPolicy({ bought, prices, totals, period, bundle }: Cascade): Part[] {
  const paths = pathsOf(bought, prices);
  const all = sumBy(paths, ({ n }) => n);
  const stopped = all - sumBy(paths, ({ accepted }) => accepted);
  const share = percent(all / totals.n);
  const answers = { name: 'Answers under a policy', value: count(all), note: `${share} of those scored` };
  if (prices === null) {
    return [
      html`<p>What policies bought for the answers of ${periodWords(period)}. The service follows no policy, so it has no
prices for that.</p>`,
      tiles([answers]),
      pathTable(paths, all, null),
    ];
  }
  const priced = paths.filter(({ price }) => price !== null);
  const n = sumBy(priced, (path) => path.n);
  const spent = sumBy(priced, (path) => path.n * worth(path.price as Price, prices));
  const stop = stopOf(prices);
  return [
    html`<p>What policies bought for the answers of ${periodWords(period)}, by the prices of the policy in use (not
measured). A stage that failed counts, because its request was sent.${others(bought, bundle)}</p>`,
    tiles([
      answers,
      { name: 'Spent', value: money(spent), note: `on first answers and stages${unpriced(all - n)}` },
      { name: 'Spent per answer', value: money(spent / n), note: whenCertified(bundle, prices) },
      {
        name: stop.decision === 'escalate' ? 'Left to a person' : 'Not accepted',
        value: count(stopped),
        note: `${percent(stopped / all)} of them; at ${money(stop.money)} each: ${money(stopped * stop.money)}`,
      },
    ]),
    pathTable(paths, all, prices),
  ];
}

/** Answers by the stages that were paid for: the most frequent first. */
function pathsOf(bought: readonly Bought[], prices: Prices | null): Path[] {
  const groups = new Map<string, Bought[]>();
  for (const each of bought) appendAt(groups, each.stages.join(','), each);
  return [...groups.values()]
    .map((own): Path => {
      const [{ stages }] = own;
      const n = sumBy(own, (each) => each.n);
      const accepted = sumBy(own, (each) => (each.decision === 'accept' ? each.n : 0));
      return { stages, n, accepted, price: pricedAt(stages, prices) };
    })
    .sort((a, b) => b.n - a.n);
}

function pricedAt(stages: readonly string[], prices: Prices | null): Price | null {
  if (prices === null) return null;
  const known = new Set(prices.stages.map(({ name }) => name));
  if (!stages.every((stage) => known.has(stage))) return null;
  return sumOf([prices.first.price, ...stages.map((stage) => priceOf(prices, stage))]);
}

function pathTable(paths: readonly Path[], all: number, prices: Prices | null): Html {
  return table<Path>(
    'What was bought',
    [
      { head: 'Beside the first answer', content: ({ stages }) => wordsOf(stages) },
      { head: 'Answers', kind: 'number', content: ({ n }) => count(n) },
      { head: 'Share', kind: 'number', content: ({ n }) => percent(n / all) },
      { head: 'Accepted', kind: 'number', content: ({ accepted, n }) => percent(accepted / n) },
      ...(prices === null
        ? []
        : [
            {
              head: 'Cost of each',
              kind: 'number' as const,
              content: ({ price }: Path) => (price === null ? 'no price' : money(worth(price, prices))),
            },
            {
              head: 'Spent',
              kind: 'number' as const,
              content: ({ price, n }: Path) => (price === null ? 'no price' : money(n * worth(price, prices))),
            },
          ]),
    ],
    paths,
  );
}

function charts(bought: readonly Bought[], prices: Prices | null, period: Period): Html {
  const paths = bought.map(({ at, stages, n }) => ({ at, part: wordsOf(stages), n }));
  const shares = stacked({ title: 'What was bought over time', counts: paths, period, unit: 'share of answers' });
  if (prices === null) return shares;
  const costs = bought.flatMap(({ at, stages, n }) => {
    if (pricedAt(stages, prices) === null) return [];
    const first = { at, part: FIRST, n: n * worth(prices.first.price, prices) };
    return [first, ...stages.map((part) => ({ at, part, n: n * worth(priceOf(prices, part), prices) }))];
  });
  return pair(shares, stacked({ title: 'Spent over time', counts: costs, period, unit: 'money' }));
}

/** Stands beside the names of stages, which have no space. */
const FIRST = 'first answer';

function wordsOf(stages: readonly string[]): string {
  return stages.length === 0 ? 'nothing more' : stages.join(', ');
}

/** Decisions of other versions in the period, priced as if they were of this one. */
function others(bought: readonly Bought[], bundle: BundleFacts | null): Part {
  const n = bundle === null ? 0 : sumBy(bought, (each) => (each.bundle === bundle.digest ? 0 : each.n));
  return n > 0 && ` Other versions decided about ${plural(n, 'answer')} of them; they are counted at the same prices.`;
}

function unpriced(n: number): string {
  return n === 0 ? '' : `; ${plural(n, 'answer')} had a stage that has no price now`;
}

/** What an answer cost when the policy was certified, unless the service has other prices. */
function whenCertified(bundle: BundleFacts | null, prices: Prices): string {
  const spent = bundle?.report?.spent ?? null;
  if (spent === null || JSON.stringify(bundle?.policy?.prices) !== JSON.stringify(prices)) return '';
  return `when it was certified: ${money(spent.value)} ${interval(spent, money)}`;
}

/** Answers that were sent on because of their score. Costs are known if the bundle was trained with a cost table. */
function withoutPolicy({ n, escalated, selected }: Totals, bundle: BundleFacts | null): Part[] {
  const cost = bundle?.manifest.decisions?.costs?.escalate;
  const sent = `${percent(escalated / n)} of the answers`;
  return [
    html`<p>Answers that were sent on because of their score, and answers that were reached in this way (a second model,
a further sample). ${
      cost === undefined
        ? 'What they cost is not known: the bundle was trained without a cost table.'
        : 'Costs are those of the cost table of the bundle.'
    }</p>`,
    tiles([
      {
        name: 'Decision escalate',
        value: count(escalated),
        note: cost === undefined ? sent : `${sent}; at ${money(cost)} each: ${money(escalated * cost)}`,
      },
      { name: 'Reached by an earlier score', value: count(selected), note: `${percent(selected / n)} of the answers` },
    ]),
  ];
}

function sumBy<T>(all: readonly T[], numberOf: (each: T) => number): number {
  return all.reduce((sum, each) => sum + numberOf(each), 0);
}
