import * as Plot from '@observablehq/plot';
import { maxOf, minOf } from '../../support/extremes.js';
import { shortPercent } from '../../support/short-percent.js';
import { labelBelow } from '../axes.js';
import { figure, pair, section } from '../frame.js';
import { judgedOn } from '../judged-on.js';
import { type Html, html } from '../markup.js';
import { chosenPercent, cutoff, percent } from '../numbers.js';
import { plot } from '../plot.js';
import type { CertifiedThreshold, ReportData, RiskCoveragePoint } from '../results.js';
import { claimWords } from '../words.js';
import { alphaCoverage } from './alpha-coverage.js';
import { labelsBuy } from './labels-buy.js';

/** The most points of a curve that are drawn; no screen shows more. */
const DRAWN = 400;

/** Error rate among accepted answers by coverage: as observed, and as it can be promised. */
export function riskCoverage(data: ReportData): Html {
  return section('risk-coverage', 'Accept fewer answers, make fewer errors', [
    html`<p>If only the answers with the highest probabilities are accepted, fewer of the accepted answers are wrong.
The
first chart shows what was observed on ${judgedOn(data)}. The second shows what can be promised for future answers,
which is
always a little less.</p>`,
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
  const chart = plot(
    {
      height: 340,
      x: {
        domain: [0, 1],
        ticks: 5,
        tickFormat: shortPercent,
        label: 'coverage: share of answers accepted',
        ...labelBelow,
      },
      y: {
        domain: [0, top],
        nice: true,
        ticks: 6,
        tickFormat: shortPercent,
        label: 'risk: error rate among accepted answers',
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
            `${claimWords(t)}: accept at ≥ ${cutoff(t.threshold)}, coverage ${percent(t.coverage)}, errors ` +
            `${percent(t.error)}`,
        }),
        certified.length === 1 ? named(certified[0], top) : null,
      ],
    },
    `Risk-coverage curve. ${observed(points)}`,
  );
  return figure(title, chart, `${observed(points)} ${certifiedWords(data, certified)}`.trim());
}

/**
 * The word next to the certified dot, away from curve and axis: below the dot, or above it if there is no room below.
 */
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

/** The end of the target lines that is further away from the curve: the label has more room there. */
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

function observed(points: RiskCoveragePoint[]): string {
  const all = points[points.length - 1];
  const half = points.reduce((a, b) => (Math.abs(b.coverage - 0.5) < Math.abs(a.coverage - 0.5) ? b : a));
  const most = all.coverage > 0.9995 ? 'every answer is' : `${percent(all.coverage)} of answers are`;
  return (
    `If ${most} accepted, ${percent(all.risk)} of them are wrong; if only the ${percent(half.coverage)} with the ` +
    'highest ' +
    `probability are accepted, ${percent(half.risk)} are wrong.`
  );
}

function certifiedWords(data: ReportData, certified: CertifiedThreshold[]): string {
  if (certified.length === 0) return 'No point of the curve is certified for the target.';
  const each = certified.map(
    (t) =>
      `${percent(t.coverage)} accepted with ${percent(t.error)} wrong` +
      (data.thresholds.length > 1 ? ` (${claimWords(t)})` : ''),
  );
  const note =
    certified.length > 1
      ? ' Each dot counts only the answers of its pattern, so it can be off the curve of all answers.'
      : '';
  return `Certified: ${each.join('; ')}.${note}`;
}

/** Evenly spaced points, always with the last one. */
function thinned(points: RiskCoveragePoint[]): RiskCoveragePoint[] {
  const step = Math.ceil(points.length / DRAWN);
  return points.filter((_, i) => i % step === 0 || i === points.length - 1);
}
