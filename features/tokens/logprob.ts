import type { Feature } from '../feature.js';
import { LEAST_LOGPROB } from './least.js';
import { TokenNumber } from './numbers.js';
import { tokenNumber } from './token-number.js';

const shared = { version: 2, needs: 'tokens', towards: 'right', range: [LEAST_LOGPROB, 0] } as const;

/** Mean log-probability: ℓ̄ = (1/T) Σ_t ℓ_t, natural log. Source: Malinin & Gales 2021, length-normalised likelihood. */
export const meanLogprob: Feature = {
  ...shared,
  name: 'tokens.meanLogprob',
  ...tokenNumber(TokenNumber.LOGPROB),
};

/** Least log-probability of any token: min_t ℓ_t. Source: Manakul et al. 2023 (SelfCheckGPT), max(−log p). */
export const minLogprob: Feature = {
  ...shared,
  name: 'tokens.minLogprob',
  ...tokenNumber(TokenNumber.LEAST_LOGPROB),
};

/** Log-probability of the whole answer: Σ_t ℓ_t. */
export const sumLogprob: Feature = {
  ...shared,
  name: 'tokens.sumLogprob',
  range: [-1e6, 0],
  ...tokenNumber(TokenNumber.SUM_LOGPROB),
};

/** Log-probability of the first token: where short answers are decided. */
export const firstLogprob: Feature = {
  ...shared,
  name: 'tokens.firstLogprob',
  ...tokenNumber(TokenNumber.FIRST_LOGPROB),
};

/** Log-probability of the last token. */
export const lastLogprob: Feature = {
  ...shared,
  name: 'tokens.lastLogprob',
  ...tokenNumber(TokenNumber.LAST_LOGPROB),
};

/** Standard deviation of the token log-probabilities: one doubtful token among sure ones. */
export const stdLogprob: Feature = {
  ...shared,
  name: 'tokens.stdLogprob',
  towards: 'wrong',
  range: [0, -LEAST_LOGPROB / 2],
  ...tokenNumber(TokenNumber.STD_LOGPROB),
};
