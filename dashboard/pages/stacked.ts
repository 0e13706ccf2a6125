import { figure, folded, table } from '../../report/frame.js';
import { type Html, html } from '../../report/markup.js';
import { count, money, percent } from '../../report/numbers.js';
import { appendAt } from '../../support/append.js';
import { stackChart } from '../charts/stack-chart.js';
import { stepWords } from '../charts/times.js';
import { dateOf, type Period } from '../read/period.js';
import { legend } from './page.js';

/** How many answers of a part there were in a step of time, or what they cost. The step begins at this hour. */
interface Counts {
  at: number;
  part: string;
  n: number;
}

/** The most parts of a chart; further ones are counted together. */
const MOST_PARTS = 5;
const OTHERS = 'others';

/** The sum of a step of time, and of each part. */
interface Step {
  at: number;
  n: number;
  parts: Map<string, number>;
}

interface Stacked {
  title: string;
  counts: readonly Counts[];
  period: Period;
  /** Shares add up to 100% in each step; money does not. */
  unit: 'share of answers' | 'money';
}

/** Parts of all answers (or of their cost) over time, the largest part first, with the numbers as a table. */
export function stacked({ title, counts, period, unit }: Stacked): Html {
  const isShare = unit === 'share of answers';
  const all = sums(counts);
  const named = new Set(all.slice(0, MOST_PARTS).map(([part]) => part));
  const joined = counts.map((each) => (named.has(each.part) ? each : { ...each, part: OTHERS }));
  const sizes = sums(joined);
  const parts = [...named, ...(all.length > MOST_PARTS ? [OTHERS] : [])];
  const total = sizes.reduce((sum, [, n]) => sum + n, 0);
  const shares = sizes
    .map(([part, n]) => `${part} ${isShare ? percent(n / total) : `${money(n)} (${percent(n / total)})`}`)
    .join(isShare ? ', ' : '; ');
  const byStep = new Map<number, Counts[]>();
  for (const each of joined) appendAt(byStep, each.at, each);
  const steps = [...byStep].map(([at, own]): Step => {
    const sizesHere = sums(own);
    return { at, n: sizesHere.reduce((sum, [, n]) => sum + n, 0), parts: new Map(sizesHere) };
  });
  return html`<div>${figure(
    title,
    [
      legend(parts),
      stackChart({
        points: steps.flatMap(({ at, parts: own }) => [...own].map(([part, n]) => ({ at, part, n }))),
        parts,
        period,
        label: unit,
        ...{ isShare, show: isShare ? count : money },
        words: `${title} over time: ${shares}.`,
      }),
    ],
    `Over the whole period: ${shares}.`,
  )}${folded(
    'The numbers of this chart',
    table(
      `${title} over time`,
      [
        { head: 'From (UTC)', content: ({ at }: Step) => stepWords(dateOf(at), period) },
        ...parts.map((part) => ({
          head: part,
          kind: 'number' as const,
          content: ({ n, parts: own }: Step) =>
            isShare ? percent((own.get(part) ?? 0) / n) : money(own.get(part) ?? 0),
        })),
      ],
      steps,
    ),
  )}</div>`;
}

/** Sums by part: the largest first. */
function sums(counts: readonly Counts[]): [part: string, n: number][] {
  const sizes = new Map<string, number>();
  for (const { part, n } of counts) sizes.set(part, (sizes.get(part) ?? 0) + n);
  return [...sizes].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}
