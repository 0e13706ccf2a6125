import * as Plot from '@observablehq/plot';
import type { Html } from '../../report/markup.js';
import { plot } from '../../report/plot.js';
import { maxOf, minOf } from '../../support/extremes.js';
import type { Period } from '../read/period.js';
import { middleOf, timeAxis } from './times.js';

/** Quantiles of one step; NaN where nothing was recorded. */
export interface FanPoint {
  /** The first hour of the step. */
  at: number;
  q10: number;
  q25: number;
  q50: number;
  q75: number;
  q90: number;
}

interface FanChart {
  points: readonly FanPoint[];
  period: Period;
  label: string;
  /** Lowest and highest value of the axis; from the points if absent. */
  domain?: readonly [number, number];
  tickFormat?: (x: number) => string;
  /** The 10%, 50% and 90% quantiles of the training answers, as lines. */
  training?: readonly number[];
  height?: number;
  words: string;
}

/** Quantiles over time: the median as a line, the middle half and the middle 80% as bands. */
export function fanChart({ points, period, label, domain, tickFormat, training = [], height, words }: FanChart): Html {
  const drawn = points.filter(({ q50 }) => !Number.isNaN(q50));
  const x = ({ at }: FanPoint) => middleOf(period, at);
  const values = [...drawn.flatMap(({ q10, q90 }) => [q10, q90]), ...training];
  const [low, high] = domain ?? (values.length === 0 ? [0, 1] : widened(minOf(values), maxOf(values)));
  const colour = 'var(--vouch)';
  return plot(
    {
      height: height ?? 280,
      x: timeAxis(period),
      y: { domain: [low, high], ticks: 5, label, labelArrow: 'none', grid: true, ...(tickFormat && { tickFormat }) },
      marks: [
        Plot.areaY(drawn, { x, y1: 'q10', y2: 'q90', fill: colour, fillOpacity: 0.18 }),
        Plot.areaY(drawn, { x, y1: 'q25', y2: 'q75', fill: colour, fillOpacity: 0.25 }),
        Plot.ruleY(training, { stroke: 'var(--before)', strokeDasharray: '7 3', strokeWidth: 1.5 }),
        Plot.lineY(drawn, { x, y: 'q50', stroke: colour, strokeWidth: 2.25 }),
        drawn.length === 1 ? Plot.dot(drawn, { x, y: 'q50', r: 4, fill: colour }) : null,
      ],
    },
    words,
  );
}

function widened(low: number, high: number): [number, number] {
  const room = high > low ? 0.06 * (high - low) : 0.5;
  return [low - room, high + room];
}
