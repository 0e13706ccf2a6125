import * as Plot from '@observablehq/plot';
import { maxOf, minOf } from '../../support/extremes.js';
import { figure, pair, section } from '../frame.js';
import { judgedOn } from '../judged-on.js';
import { type Html, html } from '../markup.js';
import { chosenPercent, cutoff, percent } from '../numbers.js';
import { plot } from '../plot.js';
import type { CertifiedThreshold, ReportData, RiskBandPoint, RiskCoveragePoint } from '../results.js';
import { type Rival, rivalOf } from '../rival.js';
import { claimWords } from '../words.js';
import { alphaCoverage } from './alpha-coverage.js';
import { labelsBuy } from './labels-buy.js';

/** The most points of a curve that are drawn; no screen shows more. */
const DRAWN = 400;

type Point = Pick<RiskBandPoint, 'coverage' | 'risk'>;

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
  const rival = rivalOf(data);
  const before = rival?.standing.riskBand ?? [];
  const { riskBand: own = [], oracle = [] } = data.test;
  const drawn = [...points, ...before, ...own].map(({ risk }) => risk).concat(own.at(-1)?.high ?? 0);
  // A band of few answers may reach 100%: it is cut off, so that the curves keep their room.
  const top = Math.min(1, 1.15 * maxOf([0.01, ...drawn, ...targets.map((alpha) => 1.1 * alpha)]));
  const side = roomierSide([...points, ...before], targets);
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
        ticks: 6,
        tickFormat: asPercent,
        label: 'risk: error rate among accepted answers',
        labelArrow: 'none',
        grid: true,
      },
      marks: [
        filledBand(own, top),
        outlinedBand(before, top),
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
        Plot.lineY(oracle, {
          x: 'coverage',
          y: 'risk',
          stroke: 'var(--ink)',
          strokeWidth: 1.5,
          strokeDasharray: '1 3',
        }),
        Plot.lineY(before, {
          x: 'coverage',
          y: 'risk',
          stroke: 'var(--before)',
          strokeWidth: 2,
          strokeDasharray: '7 3',
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
    `Risk-coverage curve. ${observed(points)} ${besides(rival, before, oracle)}`,
  );
  return figure(title, chart, [
    own.length + before.length + oracle.length > 0 && key(rival, before.length > 0, oracle.length > 0),
    `${observed(points)} ${besides(rival, before, oracle)} ${certifiedWords(data, certified)}`
      .replace(/ +/g, ' ')
      .trim(),
    own.length > 0 &&
      ' Shaded, and between the thin lines: 95% intervals of the error rate at each coverage by itself, from whole ' +
        'questions drawn again; they are not intervals of the difference between the curves.',
  ]);
}

function asPercent(x: number): string {
  return `${Number((100 * x).toFixed(1))}%`;
}

/** The band of vouch, cut off at the top of the chart. */
function filledBand(points: RiskBandPoint[], top: number): Plot.Markish {
  const within = points.map((point) => ({ ...point, low: Math.min(top, point.low), high: Math.min(top, point.high) }));
  return Plot.areaY(within, { x: 'coverage', y1: 'low', y2: 'high', fill: 'var(--vouch)', fillOpacity: 0.18 });
}

/** The ends of the other band as thin lines: two filled bands on top of each other would hide both. */
function outlinedBand(points: RiskBandPoint[], top: number): Plot.Markish {
  return (['low', 'high'] as const).map((end) =>
    Plot.lineY(points, {
      x: 'coverage',
      y: (point: RiskBandPoint) => (point[end] > top ? NaN : point[end]),
      stroke: 'var(--before)',
      strokeWidth: 1,
      strokeOpacity: 0.7,
      strokeDasharray: '2 4',
    }),
  );
}

/** The curves by name, each with its line as drawn. */
function key(rival: Rival | null, hasBefore: boolean, hasOracle: boolean): Html {
  return html`<span class="lines"><span class="line vouch"></span>vouch${
    hasBefore && rival !== null && html` <span class="line before"></span>${rival.role.toLowerCase()}: ${rival.name}`
  }${hasOracle && html` <span class="line oracle"></span>oracle`}</span>`;
}

/** The other curves at one half of the answers. */
function besides(rival: Rival | null, before: Point[], oracle: Point[]): string {
  const half = (points: Point[]) => points.find(({ coverage }) => Math.abs(coverage - 0.5) < 1e-9);
  const [was, best] = [half(before), half(oracle)];
  return [
    rival !== null &&
      was !== undefined &&
      `Ranked by ${rival.role === 'Before' ? rival.name : `“${rival.name}”`}, ${percent(was.risk)} of the half with the ` +
        'highest values are wrong.',
    best !== undefined && `An oracle, which ranks all right answers first, would have ${percent(best.risk)} there.`,
  ]
    .filter(Boolean)
    .join(' ');
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
function roomierSide(points: Point[], targets: number[]): 'left' | 'right' {
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
