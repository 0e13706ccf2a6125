import * as Plot from '@observablehq/plot';
import { labelBelow } from '../axes.js';
import { figure, pair, section } from '../frame.js';
import { type Html, html } from '../markup.js';
import { fixed } from '../numbers.js';
import { plot } from '../plot.js';
import type { ReportData, TemperaturePoint } from '../results.js';
import { metricWords } from '../words.js';

/** Is the predictor overconfident or underconfident? Log-loss and ECE with the shipped logits divided by T. */
export function temperature(data: ReportData): Html | null {
  const points = [...data.test.temperatures].sort((a, b) => a.temperature - b.temperature);
  if (points.length === 0) return null;
  return section('temperature', 'Is it too confident, or not confident enough?', [
    html`<p>Here every logit is divided by a temperature T, and the quality is measured again. T below 1 moves
probabilities
towards 0 and 1; T above 1 moves them towards 50%. If a curve is lowest at T = 1 (as shipped), the predictor is neither
too
confident nor too cautious. These curves are not used for any choice.</p>`,
    pair(panel(points, 'logLoss'), panel(points, 'ece')),
  ]);
}

function panel(points: TemperaturePoint[], metric: 'logLoss' | 'ece'): Html {
  const { label } = metricWords[metric];
  const show = (x: number) => (metric === 'ece' ? metricWords.ece.show(x) : fixed(x, 4));
  const best = points.reduce((a, b) => (b[metric] < a[metric] ? b : a));
  const shipped = points.reduce((a, b) => (Math.abs(b.temperature - 1) < Math.abs(a.temperature - 1) ? b : a));
  const isShipped = Math.abs(shipped.temperature - 1) < 1e-9;
  const caption =
    best === shipped
      ? `${label} is lowest at T = ${fixed(best.temperature, 2)}, as shipped: ${show(best[metric])}.`
      : `${label} is lowest at T = ${fixed(best.temperature, 2)}: ${show(best[metric])}, compared with ` +
        `${show(shipped[metric])} at T = ${fixed(shipped.temperature, 2)}${isShipped ? ' (as shipped)' : ''}.`;
  const chart = plot(
    {
      height: 270,
      marginLeft: 56,
      x: { label: 'temperature T', ticks: 6, ...labelBelow },
      y: {
        label: null,
        ticks: 5,
        nice: true,
        grid: true,
        labelArrow: 'none',
        tickFormat: metric === 'ece' ? tick : undefined,
      },
      marks: [
        Plot.ruleX([1], { stroke: 'var(--muted)', strokeDasharray: '4 4' }),
        Plot.text([1], {
          x: 1,
          frameAnchor: 'top',
          text: () => 'as shipped',
          dy: 2,
          dx: 5,
          textAnchor: 'start',
          fill: 'var(--muted)',
        }),
        Plot.lineY(points, { x: 'temperature', y: metric, stroke: 'var(--vouch)', strokeWidth: 2 }),
        Plot.dot([best], {
          x: 'temperature',
          y: metric,
          r: 5,
          stroke: 'var(--vouch)',
          strokeWidth: 2,
          fill: 'var(--paper)',
        }),
        Plot.dot([shipped], { x: 'temperature', y: metric, r: 4, fill: 'var(--vouch)' }),
      ],
    },
    `${label} by temperature. ${caption}`,
  );
  return figure(label, chart, `${caption} Filled dot: as shipped; ring: lowest.`);
}

/** A calibration error on the axis: two decimals, because neighbours often differ by less than 0.1%. */
function tick(share: number): string {
  return `${Number((100 * share).toFixed(2))}%`;
}
