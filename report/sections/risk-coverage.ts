import * as Plot from '@observablehq/plot';
import { maxOf, minOf } from '../../support/extremes.js';
import { figure, pair, section } from '../frame.js';
import { judgedOn } from '../judged-on.js';
import { type Html, html } from '../markup.js';
import { chosenPercent, cutoff, percent } from '../numbers.js';
import { plot } from '../plot.js';
import type { CertifiedThreshold, ReportData, RiskCoveragePoint } from '../results.js';
import { claimWords } from '../words.js';
import { alphaCoverage } from './alpha-coverage.js';
import { labelsBuy } from './labels-buy.js';

/** Points of a curve that are drawn; more would be finer than the screen. */
const DRAWN = 400;

/** What declining to answer buys: errors among the accepted against the share accepted, and what can be promised at what coverage. */
export function riskCoverage(data: ReportData): Html {
  return section('risk-coverage', 'What abstaining buys', [
    html`<p>Accept only the surest answers and fewer of them are wrong. The first curve is what was seen on ${judgedOn(data)}; the second is what can be promised for answers to come, which is always a little less.</p>`,
    pair(curve(data), alphaCoverage(data)),
    labelsBuy(data),
  ]);
}

function curve(data: ReportData): Html {
  const title = 'Risk–coverage curve';
  const points = [...data.test.riskCoverage].sort((a, b) => a.coverage - b.coverage);
  if (points.length === 0) return figure(title, html`<p class="empty">No answers to draw.</p>`, '');
  const certified = data.thresholds.filter((t) => t.threshold !== null && t.error !== null);
  const targets = [...new Set(data.thresholds.map(({ alpha }) => alpha))];
  const top = maxOf([...points.map(({ risk }) => risk), ...targets.map((alpha) => 1.25 * alpha)]);
  const side = roomierSide(points, targets);
  const asPercent = (x: number) => `${Number((100 * x).toFixed(1))}%`;
  const chart = plot(
    {
      height: 340,
      x: {
        domain: [0, 1],
        ticks: 5,
        tickFormat: asPercent,
        label: 'coverage: share of answers accepted',
        labelAnchor: 'center',
        labelArrow: 'none',
      },
      y: {
        domain: [0, top],
        nice: true,
        ticks: 6,
        tickFormat: asPercent,
        label: 'risk: share wrong among accepted',
        labelArrow: 'none',
        grid: true,
      },
      marks: [
        Plot.ruleY(targets, { stroke: 'var(--wrong)', strokeDasharray: '5 4' }),
        Plot.text(targets, {
          x: side === 'right' ? 1 : 0,
          y: (alpha: number) => alpha,
          text: (alpha: number) => `target: ${chosenPercent(alpha)} errors`,
          textAnchor: side === 'right' ? 'end' : 'start',
          dy: -8,
          fill: 'var(--wrong)',
          stroke: 'var(--paper)',
          strokeWidth: 4,
        }),
        Plot.lineY(thinned(points), { x: 'coverage', y: 'risk', stroke: 'var(--vouch)', strokeWidth: 2.25 }),
        Plot.ruleX(certified, { x: 'coverage', y1: 0, y2: 'error', stroke: 'var(--vouch)', strokeDasharray: '2 3' }),
        Plot.dot(certified, {
          x: 'coverage',
          y: 'error',
          r: 6,
          fill: 'var(--vouch)',
          stroke: 'var(--paper)',
          strokeWidth: 2,
          title: (t: CertifiedThreshold) =>
            `${claimWords(t)}: accept at ≥ ${cutoff(t.threshold)}, coverage ${percent(t.coverage)}, errors ${percent(t.error)}`,
        }),
        certified.length === 1 ? named(certified[0], top) : null,
      ],
    },
    `Risk-coverage curve. ${said(points)}`,
  );
  return figure(title, chart, `${said(points)} ${certifiedWords(data, certified)}`.trim());
}

/** The word beside the certified dot, where neither curve nor axis is: below it, or above where there is no room below. */
function named(t: CertifiedThreshold, top: number): Plot.Markish {
  const low = (t.error ?? 0) < 0.08 * top;
  const right = t.coverage > 0.8;
  return Plot.text([t], {
    x: 'coverage',
    y: 'error',
    text: () => 'certified',
    textAnchor: right || low ? 'end' : 'start',
    dx: right || low ? -8 : 10,
    dy: right || low ? -14 : 12,
    fill: 'var(--vouch)',
    stroke: 'var(--paper)',
    strokeWidth: 4,
  });
}

/** The end of the target lines that the curve keeps further away from: there the word stands clear. */
function roomierSide(points: RiskCoveragePoint[], targets: number[]): 'left' | 'right' {
  const gap = (inside: (coverage: number) => boolean) =>
    minOf([
      1,
      ...points
        .filter(({ coverage }) => inside(coverage))
        .flatMap(({ risk }) => targets.map((alpha) => Math.abs(risk - alpha))),
    ]);
  return gap((coverage) => coverage > 0.7) >= gap((coverage) => coverage < 0.3) ? 'right' : 'left';
}

function said(points: RiskCoveragePoint[]): string {
  const all = points[points.length - 1];
  const half = points.reduce((a, b) => (Math.abs(b.coverage - 0.5) < Math.abs(a.coverage - 0.5) ? b : a));
  const most = all.coverage > 0.9995 ? 'Accepting every answer' : `Accepting ${percent(all.coverage)} of answers`;
  return `${most}, ${percent(all.risk)} are wrong; accepting the surest ${percent(half.coverage)}, ${percent(half.risk)} are.`;
}

function certifiedWords(data: ReportData, certified: CertifiedThreshold[]): string {
  if (certified.length === 0) return 'No point of the curve is certified for the target.';
  const each = certified.map(
    (t) =>
      `${percent(t.coverage)} accepted with ${percent(t.error)} wrong${data.thresholds.length > 1 ? ` (${claimWords(t)})` : ''}`,
  );
  const note =
    certified.length > 1
      ? ' Each dot counts only the answers of its pattern, so it need not lie on the curve of all answers.'
      : '';
  return `Certified: ${each.join('; ')}.${note}`;
}

/** Evenly picked points, the last one always among them. */
function thinned(points: RiskCoveragePoint[]): RiskCoveragePoint[] {
  const step = Math.ceil(points.length / DRAWN);
  return points.filter((_, i) => i % step === 0 || i === points.length - 1);
}
