import { maxOf, minOf } from '../support/extremes.js';
import { type Html, html } from './markup.js';
import { fixed } from './numbers.js';

/** The horizontal position of a value in a strip: 0 is left, 100 is right, with a margin of 4 at both ends. */
export type Scale = (x: number) => number;

export function scale(low: number, high: number): Scale {
  const span = high > low ? high - low : 1;
  return (x) => Math.min(100, Math.max(0, 4 + (92 * (x - low)) / span));
}

/** The narrowest scale that contains all `values`; null values are ignored. */
export function scaleOf(values: (number | null)[]): Scale {
  const there = values.filter(known);
  return there.length === 0 ? scale(0, 1) : scale(minOf(there), maxOf(there));
}

type Mark =
  | { kind: 'rule'; at: number | null; tone: string }
  | { kind: 'span'; from: number | null; to: number | null; tone: string }
  | { kind: 'bar'; from: number; to: number | null; tone: string }
  | { kind: 'dot' | 'ring' | 'tick'; at: number | null; tone: string };

/**
 * A picture one line high for a table cell: intervals, dots and bars on a common scale. It is as wide as its cell and
 * drawn in percent, so nothing is distorted. Marks at null are left out. It is hidden from screen readers, because the
 * cells next to it contain the numbers.
 */
export function strip(at: Scale, marks: Mark[]): Html {
  return html`<svg class="strip" aria-hidden="true">${marks.map((mark) => drawn(at, mark))}</svg>`;
}

function drawn(at: Scale, mark: Mark): Html | null {
  const x = (value: number) => `${fixed(at(value), 2)}%`;
  switch (mark.kind) {
    case 'span':
      if (!known(mark.from) || !known(mark.to)) return null;
      return html`<line class="span ${mark.tone}" x1="${x(mark.from)}" x2="${x(mark.to)}" y1="50%" y2="50%"/>`;
    case 'bar': {
      if (!known(mark.to)) return null;
      const [left, right] = [at(Math.min(mark.from, mark.to)), at(Math.max(mark.from, mark.to))];
      const [x, width] = [fixed(left, 2), fixed(right - left, 2)];
      return html`<rect class="bar ${mark.tone}" x="${x}%" width="${width}%" y="20%" height="60%"/>`;
    }
    case 'rule':
      return !known(mark.at)
        ? null
        : html`<line class="rule ${mark.tone}" x1="${x(mark.at)}" x2="${x(mark.at)}" y1="0" y2="100%"/>`;
    case 'tick':
      return !known(mark.at)
        ? null
        : html`<line class="tick ${mark.tone}" x1="${x(mark.at)}" x2="${x(mark.at)}" y1="10%" y2="90%"/>`;
    case 'dot':
    case 'ring':
      return !known(mark.at)
        ? null
        : html`<circle class="${mark.kind} ${mark.tone}" cx="${x(mark.at)}" cy="50%" r="4"/>`;
  }
}

function known(x: number | null): x is number {
  return x !== null && Number.isFinite(x);
}
