import type { Feature } from '../feature.js';
import { TokenNumber } from './numbers.js';
import { tokenNumber } from './token-number.js';

export const pavg: Feature = {
  name: 'tokens.pavg',
  plain: 'Average token probability',
  shown: 'probability',
  says: 'Mean probability of the tokens: (1/T) Σ_t p_t.',
  version: 2,
  needs: 'tokens',
  towards: 'right',
  range: [0, 1],
  ...tokenNumber(TokenNumber.PROBABILITY),
};

/** The constant is smaller than what float32 log-probabilities resolve. Range [−30, 20.8]. */
export const pavgLogit: Feature = {
  name: 'tokens.pavg.logit',
  plain: 'Average token probability',
  shown: 'logit',
  says: 'Logit of the mean token probability: ln p̄ − ln(1 − p̄ + 1e-9).',
  version: 2,
  needs: 'tokens',
  towards: 'right',
  range: [-31, 21],
  of: ({ tokens }) => {
    const p = tokens.numbers[TokenNumber.PROBABILITY];
    return Math.log(p) - Math.log(Math.max(0, 1 - p) + 1e-9);
  },
};

export const perplexity: Feature = {
  name: 'tokens.perplexity',
  shown: 'number',
  says: 'Perplexity: exp(−(1/T) Σ_t ℓ_t). It is 1 where every token was certain.',
  version: 2,
  needs: 'tokens',
  towards: 'wrong',
  range: [1, Math.exp(30)],
  of: ({ tokens }) => Math.exp(-tokens.totals.logprob / tokens.n),
};
