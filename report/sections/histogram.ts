import * as Plot from '@observablehq/plot';
import { maxOf } from '../../support/extremes.js';
import { labelBelow, shareAxis } from '../axes.js';
import { figure } from '../frame.js';
import { type Html, html } from '../markup.js';
import { count, percent } from '../numbers.js';
import { plot } from '../plot.js';
import type { ReportData } from '../results.js';

type Bin = ReportData['test']['histogram'][number];

/** How many answers got which probability: right ones upward, wrong ones downward. */
export function histogram(data: ReportData, layout: 'under' | 'beside'): Html {
  const title = 'Predicted probabilities of right and wrong answers';
  const bins = data.test.histogram;
  const total = bins.reduce((sum, bin) => sum + bin.right + bin.wrong, 0);
  if (total === 0) return figure(title, html`<p class="empty">No answers to draw.</p>`, '');
  const thresholds = data.thresholds.flatMap(({ threshold }) => (threshold === null ? [] : [threshold]));
  const most = maxOf(bins.flatMap(({ right, wrong }) => [right, wrong]));
  const marks: Plot.Markish[] = [
    Plot.rectY(bins, { x1: 'low', x2: 'high', y1: 0, y2: 'right', fill: 'var(--vouch)', inset: 0.75, title: said }),
    Plot.rectY(bins, {
      x1: 'low',
      x2: 'high',
      y1: 0,
      y2: (bin: Bin) => -bin.wrong,
      fill: 'var(--wrong)',
      inset: 0.75,
      title: said,
    }),
    Plot.ruleY([0], { stroke: 'var(--ink)' }),
    Plot.ruleX(thresholds, { stroke: 'var(--ink)', strokeDasharray: '4 4' }),
    // The word is placed above the bars, on the side of the line that has room.
    Plot.text(thresholds.length === 1 ? thresholds : [], {
      x: (x: number) => x,
      frameAnchor: 'top',
      dx: thresholds[0] > 0.5 ? 3 : -3,
      dy: -12,
      text: () => 'accepted →',
      textAnchor: thresholds[0] > 0.5 ? 'end' : 'start',
      fill: 'var(--ink)',
    }),
  ];
  const chart = plot(
    {
      height: 300,
      x: { ...shareAxis, label: 'predicted probability', ...labelBelow },
      y: {
        ticks: Math.min(5, Math.ceil(most)),
        nice: true,
        tickFormat: (y: number) => count(Math.abs(y)),
        label: 'answers: ↑ right, ↓ wrong',
        labelArrow: 'none',
        grid: true,
      },
      marks,
    },
    `Histogram of ${count(total)} probabilities`,
  );
  const lines = thresholds.length > 1 && '; dashed: certified thresholds';
  const caption = html`<span class="key vouch"></span>right, <span class="key wrong"></span>wrong${lines}.
${endsText(bins, total)}`;
  return figure(title, chart, caption, layout);
}

function said({ low, high, right, wrong }: Bin): string {
  return `${percent(low, 0)} to ${percent(high, 0)}: ${count(right)} right, ${count(wrong)} wrong`;
}

/** The highest and the lowest bin: how many answers they have and how many of these are right. */
function endsText(bins: Bin[], total: number): string {
  const end = (bin: Bin, words: string) => {
    const rows = bin.right + bin.wrong;
    return rows === 0
      ? ''
      : `${percent(rows / total)} of answers got a probability of ${words}; ${percent(bin.right / rows)} of these ` +
          'were right.';
  };
  const [first, last] = [bins[0], bins[bins.length - 1]];
  return `${end(last, `${percent(last.low, 0)} or more`)} ${end(first, `less than ${percent(first.high, 0)}`)}`.trim();
}
