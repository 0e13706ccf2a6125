import type { Feature } from '../feature.js';
import { std } from '../stats.js';
import { LEAST_LOGPROB } from './token-table.js';

const shared = { version: 1, needs: 'tokens', towards: 'right', range: [LEAST_LOGPROB, 0] } as const;

/** Mean log-probability: ℓ̄ = (1/T) Σ_t ℓ_t, natural log. Source: Malinin & Gales 2021, length-normalised likelihood. */
export const meanLogprob: Feature = {
  ...shared,
  name: 'tokens.meanLogprob',
  of: ({ tokens }) => tokens.totals.logprob / tokens.n,
};

/** Least log-probability of any token: min_t ℓ_t. Source: Manakul et al. 2023 (SelfCheckGPT), max(−log p). */
export const minLogprob: Feature = {
  ...shared,
  name: 'tokens.minLogprob',
  of: ({ tokens }) => tokens.totals.leastLogprob,
};

/** Log-probability of the whole answer: Σ_t ℓ_t. */
export const sumLogprob: Feature = {
  ...shared,
  name: 'tokens.sumLogprob',
  range: [-1e6, 0],
  of: ({ tokens }) => tokens.totals.logprob,
};

/** Log-probability of the first token: where short answers are decided. */
export const firstLogprob: Feature = {
  ...shared,
  name: 'tokens.firstLogprob',
  of: ({ tokens }) => tokens.logprob[0],
};

/** Log-probability of the last token. */
export const lastLogprob: Feature = {
  ...shared,
  name: 'tokens.lastLogprob',
  of: ({ tokens }) => tokens.logprob[tokens.n - 1],
};

/** Standard deviation of the token log-probabilities: one doubtful token among sure ones. */
export const stdLogprob: Feature = {
  ...shared,
  name: 'tokens.stdLogprob',
  towards: 'wrong',
  range: [0, -LEAST_LOGPROB / 2],
  of: ({ tokens }) => std(tokens.logprob, tokens.n, tokens.totals.logprob / tokens.n),
};
