import * as Plot from '@observablehq/plot';
import { maxOf } from '../../support/extremes.js';
import { labelBelow, shareAxis } from '../axes.js';
import { figure, pair, section } from '../frame.js';
import { type Html, html } from '../markup.js';
import { count, percent, plural } from '../numbers.js';
import { perfectWords } from '../perfect-words.js';
import { plot } from '../plot.js';
import type { BandPoint, ReliabilityBin, ReportData } from '../results.js';
import { type Rival, rivalOf } from '../rival.js';
import { metricWords } from '../words.js';
import { histogram } from './histogram.js';

/** Does 80% mean 80%? Reliability diagrams before and after on the same axes, and a histogram of the probabilities. */
export function reliability(data: ReportData): Html {
  const { test } = data;
  const rival = rivalOf(data);
  const bins = [...(rival?.standing.reliability ?? []), ...test.reliability];
  const most = maxOf([1, ...bins.map(({ rows }) => rows)]);
  const title = data.before === null ? 'vouch' : 'After: vouch';
  const ece = metricWords.ece.show(test.metrics.ece.value);
  const after = diagram(title, { bins: test.reliability, band: test.band ?? [], tone: 'vouch', most, ece });
  return section('reliability', 'Does 80% mean 80%?', [
    html`<p>Answers with similar predicted probabilities are grouped into bins. Each dot shows the share of right
answers in
a bin. On the diagonal, this share equals the predicted probability. Larger dots mean more answers; bands and whiskers
are 95%
intervals.</p>`,
    data.perfect !== undefined && html`<p>${perfectWords(data.perfect)}</p>`,
    rival === null
      ? pair(after, histogram(data, 'under'))
      : [pair(rivalDiagram(rival, most), after), histogram(data, 'beside')],
  ]);
}

function rivalDiagram({ role, name, standing }: Rival, most: number): Html {
  const ece = metricWords.ece.show(standing.metrics.ece.value);
  return diagram(`${role}: ${name}`, { bins: standing.reliability, band: [], tone: 'before', most, ece });
}

interface Drawn {
  bins: ReliabilityBin[];
  band: BandPoint[];
  tone: 'before' | 'vouch';
  /** Rows of the largest bin of the page. */
  most: number;
  ece: string;
}

function diagram(title: string, { bins, band, tone, most, ece }: Drawn): Html {
  if (bins.length === 0) return figure(title, html`<p class="empty">No answers to draw.</p>`, '');
  const sorted = [...bins].sort((a, b) => a.predicted - b.predicted);
  const colour = `var(--${tone})`;
  const chart = plot(
    {
      height: 420,
      x: { ...shareAxis, label: 'mean predicted probability', ...labelBelow },
      y: { ...shareAxis, label: 'share of right answers', labelArrow: 'none', grid: true },
      r: { type: 'identity' },
      marks: [
        Plot.link([0], { x1: 0, y1: 0, x2: 1, y2: 1, stroke: 'var(--muted)', strokeDasharray: '4 4' }),
        Plot.text(['probability too low'], { x: 0.04, y: 0.95, textAnchor: 'start', fill: 'var(--muted)' }),
        Plot.text(['probability too high'], { x: 0.97, y: 0.05, textAnchor: 'end', fill: 'var(--muted)' }),
        Plot.areaY(sorted, { x: 'predicted', y1: 'low', y2: 'high', fill: colour, fillOpacity: 0.16 }),
        Plot.ruleX(sorted, { x: 'predicted', y1: 'low', y2: 'high', stroke: colour, strokeOpacity: 0.45 }),
        Plot.lineY(band, { x: 'predicted', y: 'low', stroke: 'var(--ink)', strokeDasharray: '2 3' }),
        Plot.lineY(band, { x: 'predicted', y: 'high', stroke: 'var(--ink)', strokeDasharray: '2 3' }),
        Plot.lineY(sorted, { x: 'predicted', y: 'right', stroke: colour, strokeWidth: 1.75 }),
        Plot.dot(sorted, {
          x: 'predicted',
          y: 'right',
          r: (bin: ReliabilityBin) => 2.5 + 5 * Math.sqrt(bin.rows / most),
          fill: colour,
          stroke: 'var(--paper)',
          title: (bin: ReliabilityBin) =>
            `predicted ${percent(bin.predicted)}, right ${percent(bin.right)} ` +
            `(95%: ${percent(bin.low)} to ${percent(bin.high)}), ${plural(bin.rows, 'answer')}`,
        }),
      ],
    },
    `${title}: reliability diagram over ${plural(sorted.length, 'bin')}. ${worst(sorted)}`,
  );
  return figure(
    title,
    chart,
    `${worst(sorted)} ${agreeing(sorted)} Calibration error (ECE): ${ece}.${bandWords(band)}`,
  );
}

/** The bin with the largest gap between predicted probability and share of right answers, weighted by its answers. */
function worst(bins: ReliabilityBin[]): string {
  const cost = (bin: ReliabilityBin) => bin.rows * Math.abs(bin.predicted - bin.right);
  const bin = bins.reduce((a, b) => (cost(b) > cost(a) ? b : a));
  return (
    `Largest gap: where ${percent(bin.predicted)} was predicted (${plural(bin.rows, 'answer')}), ` +
    `${percent(bin.right)} of the answers were right.`
  );
}

function agreeing(bins: ReliabilityBin[]): string {
  const inside = bins.filter(({ predicted, low, high }) => predicted >= low && predicted <= high).length;
  return `In ${count(inside)} of ${plural(bins.length, 'bin')} the 95% interval contains the predicted probability.`;
}

/** What the dotted lines are, and in how many tenths of the answers they contain the share of right answers. */
function bandWords(band: BandPoint[]): string {
  if (band.length === 0) return '';
  const inside = band.filter(({ low, high, right }) => right >= low && right <= high).length;
  return (
    ' Dotted lines: the 90% interval that vouch gives for the share of right answers at a score (its mean in each ' +
    'tenth of ' +
    `the answers). The observed share is inside in ${count(inside)} of ${count(band.length)} tenths; a little fewer ` +
    'than ' +
    '9 of 10 are expected, because the observed share also varies by chance.'
  );
}
