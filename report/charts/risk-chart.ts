import * as Plot from '@observablehq/plot';
import { maxOf, minOf } from '../../support/extremes.js';
import { shortPercent } from '../../support/words/short-percent.js';
import { labelBelow } from '../axes.js';
import type { Html } from '../markup.js';
import { chosenPercent, percent } from '../numbers.js';
import { plot } from '../plot.js';
import type { RiskBandPoint, RiskCoveragePoint } from '../results.js';

/** The most points of a curve that are drawn; no screen shows more. */
const DRAWN = 400;

/** A point of a curve. */
export type RiskPoint = Pick<RiskBandPoint, 'coverage' | 'risk'>;

/** A point of the chart that stands for what a claim accepts. */
interface RiskDot {
  coverage: number;
  error: number;
  /** Lower and upper limit of the error rate, if known: drawn as a whisker. */
  low?: number | null;
  high?: number | null;
  title: string;
}

interface RiskChart {
  points: readonly RiskCoveragePoint[];
  /** Pointwise 95% band; none if absent. */
  band?: readonly RiskBandPoint[];
  /** The curve of another ranking, with its band. */
  before?: readonly RiskBandPoint[];
  /** The curve of a ranking by the labels themselves. */
  oracle?: readonly RiskPoint[];
  targets: readonly number[];
  dots: readonly RiskDot[];
  /** The word next to the dot, if there is only one. */
  dotName: string;
  /** What the curves besides the first one show, as sentences. */
  besides?: string;
}

/** Error rate among accepted answers by coverage, with the targets as lines and the claims as dots. */
export function riskChart(chart: RiskChart): Html {
  const { band = [], before = [], oracle = [], dots, dotName, besides = '' } = chart;
  const points = [...chart.points].sort((a, b) => a.coverage - b.coverage);
  const targets = [...new Set(chart.targets)];
  const drawn = [...points, ...before, ...band].map(({ risk }) => risk).concat(band.at(-1)?.high ?? 0);
  const highest = [
    0.01,
    ...drawn,
    ...targets.map((alpha) => 1.1 * alpha),
    ...dots.map(({ error, high }) => high ?? error),
  ];
  // a band of few answers may reach 100%: it is cut off, so that the curves keep their room
  const top = Math.min(1, 1.15 * maxOf(highest));
  const side = roomierSide([...points, ...before], targets);
  return plot(
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
        ticks: 6,
        tickFormat: shortPercent,
        label: 'risk: error rate among accepted answers',
        labelArrow: 'none',
        grid: true,
      },
      marks: [
        filledBand(band, top),
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
        Plot.ruleX(dots, { x: 'coverage', y1: 0, y2: 'error', stroke: 'var(--vouch)', strokeDasharray: '2 3' }),
        Plot.ruleX(
          dots.filter(({ low, high }) => low != null && high != null),
          { x: 'coverage', y1: 'low', y2: 'high', stroke: 'var(--vouch)', strokeWidth: 2 },
        ),
        Plot.dot(dots, {
          x: 'coverage',
          y: 'error',
          r: 6,
          fill: 'var(--vouch)',
          stroke: 'var(--paper)',
          strokeWidth: 2,
          title: 'title',
        }),
        dots.length === 1 ? named(dots[0], top, dotName) : null,
      ],
    },
    `Risk-coverage curve. ${observedRisk(points)} ${besides}`.trim(),
  );
}

/** A band as an area, cut off at the top of the chart. */
function filledBand(points: readonly RiskBandPoint[], top: number): Plot.Markish {
  const within = points.map((point) => ({ ...point, low: Math.min(top, point.low), high: Math.min(top, point.high) }));
  return Plot.areaY(within, { x: 'coverage', y1: 'low', y2: 'high', fill: 'var(--vouch)', fillOpacity: 0.18 });
}

/** The ends of the other band as thin lines: two filled bands on top of each other would hide both. */
function outlinedBand(points: readonly RiskBandPoint[], top: number): Plot.Markish {
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

/** The word next to the dot, away from curve and axis: below the dot, or above it if there is no room below. */
function named(dot: RiskDot, top: number, word: string): Plot.Markish {
  const low = dot.error < 0.08 * top;
  const right = dot.coverage > 0.8;
  return Plot.text([dot], {
    x: 'coverage',
    y: 'error',
    text: () => word,
    textAnchor: right || low ? 'end' : 'start',
    dx: right || low ? -8 : 10,
    dy: right || low ? -14 : 12,
    fill: 'var(--vouch)',
    stroke: 'var(--paper)',
    strokeWidth: 4,
  });
}

/** The end of the target lines that is further away from the curves: the label has more room there. */
function roomierSide(points: readonly RiskPoint[], targets: readonly number[]): 'left' | 'right' {
  const gap = (inside: (coverage: number) => boolean) =>
    minOf([
      1,
      ...points
        .filter(({ coverage }) => inside(coverage))
        .flatMap(({ risk }) => targets.map((alpha) => Math.abs(risk - alpha))),
    ]);
  return gap((coverage) => coverage > 0.7) >= gap((coverage) => coverage < 0.3) ? 'right' : 'left';
}

/** What the curve shows at full and at half coverage, as a sentence. */
export function observedRisk(given: readonly RiskCoveragePoint[]): string {
  const points = [...given].sort((a, b) => a.coverage - b.coverage);
  const all = points[points.length - 1];
  const half = points.reduce((a, b) => (Math.abs(b.coverage - 0.5) < Math.abs(a.coverage - 0.5) ? b : a));
  const most = all.coverage > 0.9995 ? 'every answer is' : `${percent(all.coverage)} of answers are`;
  return (
    `If ${most} accepted, ${percent(all.risk)} of them are wrong; if only the ${percent(half.coverage)} with the ` +
    `highest probability are accepted, ${percent(half.risk)} are wrong.`
  );
}

/** Evenly spaced points, always with the last one. */
function thinned(points: readonly RiskCoveragePoint[]): RiskCoveragePoint[] {
  const step = Math.ceil(points.length / DRAWN);
  return points.filter((_, i) => i % step === 0 || i === points.length - 1);
}
