import { plural } from '../../../support/words/plural.js';
import { thousands } from '../../../support/words/thousands.js';
import type { Policy } from '../policy.js';
import type { Asking } from './askings.js';

/** The numbers of answers to a prompt, without revisions, for which a promise holds. */
export interface Numbers {
  from: number;
  to: number;
}

/**
 * The numbers of answers that the graded askings had. A method that reads the first `of` answers sees the same ones if
 * no more are asked for, so then `from` is `of`; but not if askings were left out because they had fewer: the promise is
 * about those that had enough, and how many there are may depend on the answers.
 */
export function coveredNumbers({ method, of }: Policy, askings: readonly Asking[], isAll: boolean): Numbers {
  const numbers = askings.map(({ draws }) => draws.length);
  const least = numbers.reduce((low, n) => Math.min(low, n), Number.POSITIVE_INFINITY);
  return {
    from: isAll && method !== 'revision' ? of : least,
    to: numbers.reduce((high, n) => Math.max(high, n), 0),
  };
}

/** Whether the promise covers an asking with so many answers. */
export function coversNumber({ from, to }: Numbers, { draws }: Pick<Asking, 'draws'>): boolean {
  return draws.length >= from && draws.length <= to;
}

/** `5 answers`, `3 to 6 answers`. */
export function numbersWords({ from, to }: Numbers): string {
  return from === to ? plural(from, 'answer') : `${thousands(from)} to ${plural(to, 'answer')}`;
}
