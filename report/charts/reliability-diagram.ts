import * as Plot from '@observablehq/plot';
import { labelBelow, shareAxis } from '../axes.js';
import { figure } from '../frame.js';
import { type Html, html } from '../markup.js';
import { count } from '../numbers.js';
import { plot } from '../plot.js';
import type { BandPoint, CurvePoint, ReliabilityBin } from '../results.js';
import { binned, smooth } from './reliability-marks.js';

/** What a reliability diagram shows. */
interface Drawn {
  bins: ReliabilityBin[];
  /** Null in older reports, which have only bins. */
  curve: CurvePoint[] | null;
  band: BandPoint[];
  tone: 'before' | 'vouch';
  ece: string;
}

/** The share of right answers by predicted probability: as a smooth curve, or in bins where there is no curve. */
export function reliabilityDiagram(title: string, { bins, curve, band, tone, ece }: Drawn): Html {
  if (bins.length === 0) return figure(title, html`<p class="empty">No answers to draw.</p>`, '');
  const drawn = curve === null ? binned(bins, tone) : smooth(curve, tone);
  const chart = plot(
    {
      height: 420,
      x: {
        ...shareAxis,
        label: curve === null ? 'mean predicted probability' : 'predicted probability',
        ...labelBelow,
      },
      y: { ...shareAxis, label: 'share of right answers', labelArrow: 'none', grid: true },
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
