import * as Plot from '@observablehq/plot';
import type { Html } from '../../report/markup.js';
import { percent } from '../../report/numbers.js';
import { plot } from '../../report/plot.js';
import { maxOf } from '../../support/extremes.js';
import { shortPercent } from '../../support/words/short-percent.js';
import type { Period } from '../read/period.js';
import { middleOf, timeAxis } from './times.js';

/** A share in one step, with its limits; NaN where there is nothing to count. */
export interface SharePoint {
  at: Date;
  value: number;
  /** 95% and 90% limits, if the share is an estimate. */
  low95?: number;
  high95?: number;
  low90?: number;
  high90?: number;
  /** The value that was expected. */
  expected?: number;
}

interface ShareChart {
  points: readonly SharePoint[];
  period: Period;
  label: string;
  /** Shares that were promised, as dashed lines. */
  targets?: readonly number[];
  /** Always show 0 to 100%. */
  isFull?: boolean;
  words: string;
}

/** A share over time, with bands if it is an estimate. */
export function shareChart({ points, period, label, targets = [], isFull = false, words }: ShareChart): Html {
  const middle = (point: SharePoint) => middleOf(period, point.at.getTime() / 3_600_000);
  const values = points.flatMap(({ value, high90 = 0, expected = 0 }) => [
    value,
    Math.min(high90, 3 * value),
    expected,
  ]);
  const top = isFull ? 1 : Math.min(1, 1.2 * maxOf([0.02, ...targets, ...values.filter((x) => !Number.isNaN(x))]));
  const cut = (name: 'low95' | 'high95' | 'low90' | 'high90') => (point: SharePoint) =>
    Math.min(top, point[name] ?? Number.NaN);
  const colour = 'var(--vouch)';
  const banded = points.filter(({ low95 }) => low95 !== undefined && !Number.isNaN(low95));
  return plot(
    {
      height: 280,
      x: timeAxis(period),
      y: { domain: [0, top], ticks: 5, tickFormat: shortPercent, label, labelArrow: 'none', grid: true },
      marks: [
        Plot.ruleY(targets, { stroke: 'var(--wrong)', strokeDasharray: '5 4' }),
        Plot.ruleX(banded, {
          x: middle,
          y1: cut('low95'),
          y2: cut('high95'),
          stroke: colour,
          strokeOpacity: 0.3,
          strokeWidth: 5,
        }),
        Plot.ruleX(banded, {
          x: middle,
          y1: cut('low90'),
          y2: cut('high90'),
          stroke: colour,
          strokeOpacity: 0.45,
          strokeWidth: 5,
        }),
        Plot.lineY(points, {
          ...{ x: middle, y: 'expected', stroke: 'var(--before)', strokeWidth: 1.75, strokeDasharray: '7 3' },
        }),
        Plot.lineY(points, { x: middle, y: 'value', stroke: colour, strokeWidth: 2 }),
        Plot.dot(
          points.filter(({ value }) => !Number.isNaN(value)),
          { x: middle, y: 'value', r: 2.5, fill: colour, title: ({ value }: SharePoint) => percent(value) },
        ),
      ],
    },
    words,
  );
}
