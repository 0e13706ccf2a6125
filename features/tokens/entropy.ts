import type { Feature } from '../feature.js';
import { LEAST_LOGPROB } from './least.js';
import { TokenNumber } from './numbers.js';
import { tokenNumber } from './token-number.js';

/** ln(k + 1) for the greatest k of any API, with room for rounding. */
const MOST = Math.log(129);
const shared = { version: 2, needs: 'tokens.top', towards: 'wrong', range: [0, MOST] } as const;

/** Range [0, ln(k + 1)] nats. */
export const meanEntropy: Feature = {
  ...shared,
  name: 'tokens.meanEntropy',
  plain: 'Uncertainty about a token, on average',
  shown: 'entropy',
  says:
    'Mean entropy of the tokens: H̄ = (1/T) Σ_t H_t, where H_t = −Σ_k p_tk ln p_tk over the top k and one bucket ' +
    'for the remaining mass.',
  source:
    'after Malinin & Gales 2021, chain-rule estimate of the entropy, normalised by length: there of an ensemble, over ' +
    'sampled answers and all tokens of the vocabulary; here of one model, along the answer and over the top k',
  ...tokenNumber(TokenNumber.ENTROPY),
};

export const maxEntropy: Feature = {
  ...shared,
  name: 'tokens.maxEntropy',
  plain: 'Uncertainty about the most uncertain token',
  shown: 'entropy',
  says: 'The greatest entropy of any token: max_t H_t.',
  ...tokenNumber(TokenNumber.MOST_ENTROPY),
};

export const firstEntropy: Feature = {
  ...shared,
  name: 'tokens.firstEntropy',
  plain: 'Uncertainty about the first token',
  shown: 'entropy',
  says: 'Entropy of the first token.',
  ...tokenNumber(TokenNumber.FIRST_ENTROPY),
};

export const stdEntropy: Feature = {
  ...shared,
  name: 'tokens.stdEntropy',
  shown: 'number',
  says: 'Standard deviation of the token entropies.',
  ...tokenNumber(TokenNumber.STD_ENTROPY),
};

export const keyMeanEntropy: Feature = {
  ...shared,
  name: 'tokens.keyMeanEntropy',
  plain: 'Uncertainty about the tokens of content words, on average',
  shown: 'entropy',
  says: 'Mean entropy over the informative tokens.',
  of: ({ keyTokens: { key } }) => key.entropy / key.n,
};

export const freshMaxEntropy: Feature = {
  ...shared,
  name: 'tokens.freshMaxEntropy',
  plain: 'Uncertainty about the most uncertain token of a new word',
  shown: 'entropy',
  says: 'The greatest entropy among the fresh tokens.',
  of: ({ keyTokens }) => keyTokens.fresh.mostEntropy,
};

export const onsetEntropy: Feature = {
  ...shared,
  name: 'tokens.onsetEntropy',
  plain: 'Uncertainty about the token where the first new word begins',
  shown: 'entropy',
  says: 'Entropy of the first fresh token, where the actual answer begins.',
  of: ({ tokens, keyTokens }) => tokens.entropy[keyTokens.first],
};

export const collisionEntropy: Feature = {
  ...shared,
  name: 'tokens.collisionEntropy',
  plain: 'Uncertainty about a token, with likely alternatives counting more',
  shown: 'entropy',
  says:
    'Mean Rényi entropy of order 2: (1/T) Σ_t −ln Σ_k p_tk² over the top k and one bucket for the remaining mass. ' +
    "It weighs the likeliest alternatives more than Shannon's entropy does.",
  ...tokenNumber(TokenNumber.COLLISION),
};

export const minEntropy: Feature = {
  ...shared,
  name: 'tokens.minEntropy',
  plain: 'Typical probability of the likeliest token',
  shown: 'surprisal',
  says:
    'Mean Rényi entropy of order ∞ (min-entropy): (1/T) Σ_t −ln max_k p_tk. ' +
    'It shows how far the likeliest token is from certain.',
  range: [0, -LEAST_LOGPROB],
  of: ({ tokens }) => -tokens.numbers[TokenNumber.TOP],
};
