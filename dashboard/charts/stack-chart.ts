import * as Plot from '@observablehq/plot';
import type { Html } from '../../report/markup.js';
import { plot } from '../../report/plot.js';
import { shortPercent } from '../../support/words/short-percent.js';
import { dateOf, type Period } from '../read/period.js';
import { timeAxis } from './times.js';

/** How many answers of a part there were in a step, or what they cost. */
interface StackPoint {
  /** The first hour of the step. */
  at: number;
  part: string;
  n: number;
}

/** Colours of parts, in their order; told apart by lightness too. */
const TONES = ['vouch', 'wrong', 'before', 'muted', 'faint', 'ink'] as const;

interface StackChart {
  points: readonly StackPoint[];
  /** Parts in the order of their colours. */
  parts: readonly string[];
  period: Period;
  label: string;
  /** Whether each step adds up to 100%. */
  isShare: boolean;
  /** Writes the number of a part. */
  show: (n: number) => string;
  words: string;
}

/** Parts of a whole over time, as bars on top of each other. */
export function stackChart({ points, parts, period, label, isShare, show, words }: StackChart): Html {
  const bars = points.map(({ at, part, n }) => ({
    from: dateOf(at),
    to: dateOf(Math.min(period.to, at + period.step)),
    part,
    n,
  }));
  const stacked = Plot.stackY(
    { offset: isShare ? 'normalize' : null, order: [...parts] },
    {
      ...{
        x1: 'from',
        x2: 'to',
        y: 'n',
        fill: (bar: { part: string }) => `var(--${toneOf(bar.part, parts)})`,
        z: 'part',
      },
      ...{
        insetLeft: 0.5,
        insetRight: 0.5,
        title: (bar: { part: string; n: number }) => `${bar.part}: ${show(bar.n)}`,
      },
    },
  );
  return plot(
    {
      height: 260,
      x: timeAxis(period),
      y: { ticks: 5, label, labelArrow: 'none', grid: true, ...(isShare ? SHARES : AMOUNTS) },
      marks: [Plot.rectY(bars, stacked as Plot.RectYOptions), Plot.ruleY([0], { stroke: 'var(--ink)' })],
    },
    words,
  );
}

const SHARES = { domain: [0, 1], tickFormat: shortPercent };
const AMOUNTS = { tickFormat: (n: number) => n.toLocaleString('en-US', { maximumFractionDigits: 6 }) };

export function toneOf(part: string, parts: readonly string[]): (typeof TONES)[number] {
  return TONES[Math.max(0, parts.indexOf(part)) % TONES.length];
}
