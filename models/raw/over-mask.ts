import type { MarkedNodes } from './marked-nodes.js';
import type { TokenNodes } from './token-nodes.js';
import type { TopNodes } from './top-nodes.js';

/** Smallest log-probability over a mask; 0 if the mask is empty. */
export function least({ on, logprob }: TokenNodes, mask: string): string {
  return on.min(on.where(mask, logprob, 0));
}

/** Largest of values ≥ 0 over a mask. */
export function most({ on }: TokenNodes, mask: string, values: string): string {
  return on.max(on.where(mask, values, 0));
}

export function leastMargin({ on }: TokenNodes, mask: string, { margin }: TopNodes): string {
  return on.min(on.where(mask, margin, Number.POSITIVE_INFINITY));
}

/** The value; NaN if there is no deciding token. */
export function decided({ on }: TokenNodes, marks: MarkedNodes, value: string): string {
  return on.where(on.greater(marks.count('decisive'), 0.5), value, Number.NaN);
}

/** NaN in every row. */
export function nothing({ on, n }: TokenNodes): string {
  return on.mul(n, Number.NaN);
}
