import { thousands } from '../support/words/thousands.js';
import type { Estimate } from './results.js';

/** How numbers are written on the page and the card. A missing number is an en dash; a minus sign is U+2212. */
export const NONE = '–';

export type Maybe = number | null | undefined;

/** `digits` decimals: 0.367. */
export function fixed(x: Maybe, digits = 3): string {
  if (x === null || x === undefined || !Number.isFinite(x)) return NONE;
  const text = Math.abs(x).toFixed(digits);
  return x < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** Like `fixed`, with a sign: +0.012, −0.012; 0.000 has none. */
export function signed(x: Maybe, digits = 4): string {
  const text = fixed(x, digits);
  return text !== NONE && !text.startsWith('−') && Number(text) !== 0 ? `+${text}` : text;
}

/** A share as a percentage with one decimal: 97.3%. */
export function percent(x: Maybe, digits = 1): string {
  return x === null || x === undefined || !Number.isFinite(x) ? NONE : `${fixed(100 * x, digits)}%`;
}

/** A threshold on the probability, with more decimals where rounding would make it 0 or 1. */
export function cutoff(x: Maybe, digits = 4): string {
  if (x === null || x === undefined || !Number.isFinite(x)) return NONE;
  if (x === 0 || x === 1) return String(x);
  if (x < 0.01) return x.toPrecision(2);
  return Number(x.toFixed(digits)) === 1 ? x.toPrecision(8) : x.toFixed(digits);
}

/** A percentage that somebody chose: 5%, 2.5%, 98.33%; never rounded to 0% or 100%. */
export function chosenPercent(x: Maybe): string {
  if (x === null || x === undefined || !Number.isFinite(x)) return NONE;
  const rounded = Number((100 * x).toFixed(2));
  const isLost = (rounded === 0 && x !== 0) || (rounded === 100 && x !== 1);
  return `${isLost ? Number((100 * x).toFixed(8)) : rounded}%`;
}

/** A difference of two shares, in percentage points. */
export function points(x: Maybe): string {
  return x === null || x === undefined || !Number.isFinite(x) ? NONE : `${signed(100 * x, 1)} pp`;
}

/** A whole number with thousands separators: 12,345. */
export function count(n: Maybe): string {
  return n === null || n === undefined || !Number.isFinite(n) ? NONE : thousands(n);
}

/** A duration: 41.3 s, or from two minutes up 2 min 5 s. */
export function seconds(s: Maybe): string {
  if (s === null || s === undefined || !Number.isFinite(s)) return NONE;
  if (s < 120) return `${fixed(s, 1)} s`;
  return `${Math.floor(s / 60)} min ${Math.round(s % 60)} s`;
}

/** The interval of an estimate: 0.351 to 0.382; empty if there is none. */
export function interval({ low, high }: Estimate, show: (x: Maybe) => string): string {
  return low === null || high === null ? '' : `${show(low)} to ${show(high)}`;
}

/** A value with its interval: 0.367 (0.351 to 0.382). */
export function valued(estimate: Estimate, show: (x: Maybe) => string): string {
  return `${show(estimate.value)} (${interval(estimate, show)})`;
}

/** Text shortened to `most` characters, because a very long name would leave no room for the rest. */
export function shortened(text: string, most = 80): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}

/** A cost in money: three decimals, more for tiny ones; none from a thousand on. */
export function money(x: Maybe): string {
  if (x === null || x === undefined || !Number.isFinite(x)) return NONE;
  if (Math.abs(x) >= 1000) return x < 0 ? `−${count(-x)}` : count(x);
  return Math.abs(x) > 0 && Math.abs(x) < 0.01 ? x.toPrecision(2) : fixed(x, 3);
}
