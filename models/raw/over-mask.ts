import type { MarkedNodes } from './marked-nodes.js';
import type { TokenNodes } from './token-nodes.js';
import type { TopNodes } from './top-nodes.js';

/** Least log-probability over a mask; 0 over none. */
export function least({ on, logprob }: TokenNodes, mask: string): string {
  return on.min(on.where(mask, logprob, 0));
}

/** The greatest of values ≥ 0 over a mask. */
export function most({ on }: TokenNodes, mask: string, values: string): string {
  return on.max(on.where(mask, values, 0));
}

export function leastMargin({ on }: TokenNodes, mask: string, { margin }: TopNodes): string {
  return on.min(on.where(mask, margin, Number.POSITIVE_INFINITY));
}

/** NaN where no token decides. */
export function decided({ on }: TokenNodes, marks: MarkedNodes, value: string): string {
  return on.where(on.greater(marks.count('decisive'), 0.5), value, Number.NaN);
}

/** NaN in every row. */
export function nothing({ on, n }: TokenNodes): string {
  return on.mul(n, Number.NaN);
}
