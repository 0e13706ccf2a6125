import * as Plot from '@observablehq/plot';
import { maxOf } from '../../support/extremes.js';
import { plural } from '../../support/words/plural.js';
import { count, percent } from '../numbers.js';
import type { CurvePoint, ReliabilityBin } from '../results.js';

/** What a reliability diagram shows, as marks, as a description, and as a caption. */
interface Marks {
  marks: Plot.Markish[];
  words: string;
  caption: string;
}

type Tone = 'before' | 'vouch';

/** Height of the hill of answers, as a share of the chart. */
const HILL = 0.1;

/** A smooth curve with its band, and a hill at the bottom where the answers are. */
export function smooth(curve: CurvePoint[], tone: Tone): Marks {
  if (curve.length === 0) return { marks: [], words: 'no curve', caption: 'Too few answers for a curve.' };
  const colour = `var(--${tone})`;
  const parts = unbroken(curve);
  const most = maxOf(curve.map(({ density }) => density));
  const hill = { x: 'predicted', y: ({ density }: CurvePoint) => (HILL * density) / most };
  return {
    marks: parts.flatMap((part) =>
      part.length === 1
        ? [
            Plot.ruleX(part, { x: 'predicted', y1: 'low', y2: 'high', stroke: colour, strokeOpacity: 0.45 }),
            Plot.dot(part, { x: 'predicted', y: 'right', r: 4, fill: colour, title: said }),
          ]
        : [
            Plot.areaY(part, { ...hill, fill: 'var(--muted)', fillOpacity: 0.25 }),
            Plot.areaY(part, { x: 'predicted', y1: 'low', y2: 'high', fill: colour, fillOpacity: 0.18 }),
            Plot.lineY(part, { x: 'predicted', y: 'right', stroke: colour, strokeWidth: 2 }),
          ],
    ),
    words: `smooth reliability curve. ${gap(curve)}`,
    caption: `${gap(curve)} ${inside(curve)}`,
  };
}

/** One dot for each bin, with its interval: for reports without a curve. */
export function binned(bins: ReliabilityBin[], tone: Tone): Marks {
  const sorted = [...bins].sort((a, b) => a.predicted - b.predicted);
  const most = maxOf([1, ...bins.map(({ rows }) => rows)]);
  const colour = `var(--${tone})`;
  return {
    marks: [
      Plot.areaY(sorted, { x: 'predicted', y1: 'low', y2: 'high', fill: colour, fillOpacity: 0.16 }),
      Plot.ruleX(sorted, { x: 'predicted', y1: 'low', y2: 'high', stroke: colour, strokeOpacity: 0.45 }),
      Plot.lineY(sorted, { x: 'predicted', y: 'right', stroke: colour, strokeWidth: 1.75 }),
      Plot.dot(sorted, {
        x: 'predicted',
        y: 'right',
        r: (bin: ReliabilityBin) => 2.5 + 5 * Math.sqrt(bin.rows / most),
        fill: colour,
        stroke: 'var(--paper)',
        title: (bin: ReliabilityBin) => `${said(bin)}, ${plural(bin.rows, 'answer')}`,
      }),
    ],
    words: `reliability diagram over ${plural(sorted.length, 'bin')}. ${worst(sorted)}`,
    caption: `${worst(sorted)} ${agreeing(sorted)}`,
  };
}

function said({ predicted, right, low, high }: Omit<ReliabilityBin, 'rows'>): string {
  return `predicted ${percent(predicted)}, right ${percent(right)} (95%: ${percent(low)} to ${percent(high)})`;
}

/** The curve in parts without a gap between answers: a gap is a step far wider than the usual one. */
function unbroken(curve: CurvePoint[]): CurvePoint[][] {
  const steps = curve.slice(1).map(({ predicted }, k) => predicted - curve[k].predicted);
  const usual = [...steps].sort((a, b) => a - b)[Math.floor(steps.length / 2)];
  const parts: CurvePoint[][] = [[curve[0]]];
  steps.forEach((step, k) => {
    if (step > 1.9 * usual) parts.push([]);
    parts[parts.length - 1].push(curve[k + 1]);
  });
  return parts;
}

/** Where the curve is furthest from the diagonal, weighted by the answers. */
function gap(curve: CurvePoint[]): string {
  const cost = ({ density, predicted, right }: CurvePoint) => density * Math.abs(predicted - right);
  const point = curve.reduce((a, b) => (cost(b) > cost(a) ? b : a));
  return (
    `Largest gap: where ${percent(point.predicted, 0)} was predicted, about ${percent(point.right, 0)} of the answers ` +
    `were right (95%: ${percent(point.low, 0)} to ${percent(point.high, 0)}).`
  );
}

/** For which share of the answers the band contains the diagonal. */
function inside(curve: CurvePoint[]): string {
  const total = curve.reduce((sum, { density }) => sum + density, 0);
  const held = curve.filter(({ predicted, low, high }) => predicted >= low && predicted <= high);
  const share = held.reduce((sum, { density }) => sum + density, 0) / total;
  return `The band contains the diagonal for ${percent(share, 0)} of the answers.`;
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
