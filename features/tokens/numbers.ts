import { Column, SHARE_MOST } from './kernel.js';

/** Indexes of a token table's numbers: the means of the kernel's columns over the tokens, then other statistics. */
export const TokenNumber = {
  ...Column,
  SHARE_MOST,
  LEAST_LOGPROB: 21,
  SUM_LOGPROB: 22,
  FIRST_LOGPROB: 23,
  LAST_LOGPROB: 24,
  STD_LOGPROB: 25,
  /** Share of tokens with a probability below one half. */
  LOW: 26,
  MOST_ENTROPY: 27,
  FIRST_ENTROPY: 28,
  STD_ENTROPY: 29,
  LEAST_MARGIN: 30,
  FIRST_MARGIN: 31,
} as const;

export const TOKEN_NUMBERS = 32;
