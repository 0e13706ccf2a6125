import * as Plot from '@observablehq/plot';
import { figure, pair, section } from '../frame.js';
import { type Html, html } from '../markup.js';
import { count } from '../numbers.js';
import { perfectWords } from '../perfect-words.js';
import { plot } from '../plot.js';
import type { BandPoint, CurvePoint, ReliabilityBin, ReportData } from '../results.js';
import { type Rival, rivalOf } from '../rival.js';
import { furtherWords, metricWords } from '../words.js';
import { histogram } from './histogram.js';
import { binned, smooth } from './reliability-marks.js';

/** Does 80% mean 80%? Reliability diagrams before and after on the same axes, and a histogram of the probabilities. */
export function reliability(data: ReportData): Html {
  const { test } = data;
  const rival = rivalOf(data);
  const title = data.before === null ? 'vouch' : 'After: vouch';
  const { reliability: bins, reliabilityCurve: curve = null, band = [] } = test;
  const after = diagram(title, { bins, curve, band, tone: 'vouch', ece: eceOf(test) });
  return section('reliability', 'Does 80% mean 80%?', [
    html`<p>${curve === null ? BINS : SMOOTH}</p>`,
    data.perfect !== undefined && html`<p>${perfectWords(data.perfect)}</p>`,
    rival === null
      ? pair(after, histogram(data, 'under'))
      : [pair(rivalDiagram(rival), after), histogram(data, 'beside')],
  ]);
}

const BINS =
  'Answers with similar predicted probabilities are grouped into bins. Each dot shows the share of right answers in a ' +
  'bin. On the diagonal, this share equals the predicted probability. Larger dots mean more answers; bands and whiskers ' +
  'are 95% intervals.';
const SMOOTH =
  'The line shows the share of right answers among the answers with about that predicted probability. On the diagonal, ' +
  'this share equals the predicted probability. The band is the 95% interval at each probability: it is wide where there ' +
  'are few answers, and a line may leave the diagonal inside it by chance alone. The hill at the bottom shows where the ' +
  'answers are.';

function eceOf({ metrics }: Pick<ReportData['test'], 'metrics'>): string {
  const { smoothEce, ece } = metrics;
  return smoothEce === undefined
    ? `Calibration error (ECE): ${metricWords.ece.show(ece.value)}.`
    : `Calibration error, smooth: ${furtherWords.smoothEce.show(smoothEce.value)}; in bins (ECE): ` +
        `${metricWords.ece.show(ece.value)}.`;
}

function rivalDiagram({ role, name, standing }: Rival): Html {
  const { reliability: bins, reliabilityCurve: curve = null } = standing;
  return diagram(`${role}: ${name}`, { bins, curve, band: [], tone: 'before', ece: eceOf(standing) });
}

interface Drawn {
  bins: ReliabilityBin[];
  /** Null in older reports, which have only bins. */
  curve: CurvePoint[] | null;
  band: BandPoint[];
  tone: 'before' | 'vouch';
  ece: string;
}

function diagram(title: string, { bins, curve, band, tone, ece }: Drawn): Html {
  if (bins.length === 0) return figure(title, html`<p class="empty">No answers to draw.</p>`, '');
  const percentTicks = { domain: [0, 1], ticks: 5, tickFormat: (x: number) => `${Math.round(100 * x)}%` };
  const drawn = curve === null ? binned(bins, tone) : smooth(curve, tone);
  const chart = plot(
    {
      height: 420,
      x: {
        ...percentTicks,
        label: curve === null ? 'mean predicted probability' : 'predicted probability',
        labelAnchor: 'center',
        labelArrow: 'none',
      },
      y: { ...percentTicks, label: 'share of right answers', labelArrow: 'none', grid: true },
      r: { type: 'identity' },
      marks: [
        Plot.link([0], { x1: 0, y1: 0, x2: 1, y2: 1, stroke: 'var(--muted)', strokeDasharray: '4 4' }),
        Plot.text(['probability too low'], { x: 0.04, y: 0.95, textAnchor: 'start', fill: 'var(--muted)' }),
        Plot.text(['probability too high'], { x: 0.97, y: 0.14, textAnchor: 'end', fill: 'var(--muted)' }),
        drawn.marks,
        Plot.lineY(band, { x: 'predicted', y: 'low', stroke: 'var(--ink)', strokeDasharray: '2 3' }),
        Plot.lineY(band, { x: 'predicted', y: 'high', stroke: 'var(--ink)', strokeDasharray: '2 3' }),
      ],
    },
    `${title}: ${drawn.words}`,
  );
  return figure(title, chart, `${drawn.caption} ${ece}${bandWords(band)}`);
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
