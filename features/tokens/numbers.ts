import type { Feature } from '../feature.js';
import { Column, SHARE_MOST } from './kernel-columns.js';

/** Places of a token table's numbers: means over the tokens of the kernel's columns, then what else is told of all tokens. */
export const TokenNumber = {
  ...Column,
  SHARE_MOST,
  LEAST_LOGPROB: 21,
  SUM_LOGPROB: 22,
  FIRST_LOGPROB: 23,
  LAST_LOGPROB: 24,
  STD_LOGPROB: 25,
  /** Share of tokens with probability under one half. */
  LOW: 26,
  MOST_ENTROPY: 27,
  FIRST_ENTROPY: 28,
  STD_ENTROPY: 29,
  LEAST_MARGIN: 30,
  FIRST_MARGIN: 31,
} as const;

export const TOKEN_NUMBERS = 32;

/** A signal that is one of these numbers. */
export function tokenNumber(at: number): Pick<Feature, 'of' | 'numberAt'> {
  return { of: ({ tokens }) => tokens.numbers[at], numberAt: at };
}
