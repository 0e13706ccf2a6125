import type { Feature } from '../feature.js';
import { TokenNumber } from './numbers.js';
import { tokenNumber } from './token-number.js';

/** Mean token probability: (1/T) Σ_t p_t. Range (0, 1]. */
export const pavg: Feature = {
  name: 'tokens.pavg',
  version: 2,
  needs: 'tokens',
  towards: 'right',
  range: [0, 1],
  ...tokenNumber(TokenNumber.PROBABILITY),
};

/** Logit of the mean token probability: ln p̄ − ln(1 − p̄ + 1e-9); the small constant lies below what float32 log-probabilities resolve. Range [−30, 20.8]. */
export const pavgLogit: Feature = {
  name: 'tokens.pavg.logit',
  version: 2,
  needs: 'tokens',
  towards: 'right',
  range: [-31, 21],
  of: ({ tokens }) => {
    const p = tokens.numbers[TokenNumber.PROBABILITY];
    return Math.log(p) - Math.log(Math.max(0, 1 - p) + 1e-9);
  },
};

/** Perplexity: exp(−(1/T) Σ_t ℓ_t). Range [1, e³⁰]; 1 where every token was certain. */
export const perplexity: Feature = {
  name: 'tokens.perplexity',
  version: 2,
  needs: 'tokens',
  towards: 'wrong',
  range: [1, Math.exp(30)],
  of: ({ tokens }) => Math.exp(-tokens.totals.logprob / tokens.n),
};
