import type { Feature } from '../feature.js';
import { LEAST_LOGPROB } from './least.js';
import { TokenNumber } from './numbers.js';
import { tokenNumber } from './token-number.js';

/** ln(k + 1) for the greatest k an API gives, with room for rounding. */
const MOST = Math.log(129);
const shared = { version: 2, needs: 'tokens.top', towards: 'wrong', range: [0, MOST] } as const;

/**
 * Mean token entropy: H̄ = (1/T) Σ_t H_t, H_t = −Σ_k p_tk ln p_tk over the top k and one bucket for the rest of the mass.
 * Range [0, ln(k + 1)] nats. Source: Malinin & Gales 2021, eq. 7, truncated to the top k that APIs return.
 */
export const meanEntropy: Feature = {
  ...shared,
  name: 'tokens.meanEntropy',
  ...tokenNumber(TokenNumber.ENTROPY),
};

/** Greatest token entropy: max_t H_t. */
export const maxEntropy: Feature = {
  ...shared,
  name: 'tokens.maxEntropy',
  ...tokenNumber(TokenNumber.MOST_ENTROPY),
};

/** Entropy of the first token. */
export const firstEntropy: Feature = {
  ...shared,
  name: 'tokens.firstEntropy',
  ...tokenNumber(TokenNumber.FIRST_ENTROPY),
};

/** Standard deviation of the token entropies. */
export const stdEntropy: Feature = {
  ...shared,
  name: 'tokens.stdEntropy',
  ...tokenNumber(TokenNumber.STD_ENTROPY),
};

/** Mean entropy over informative tokens. */
export const keyMeanEntropy: Feature = {
  ...shared,
  name: 'tokens.keyMeanEntropy',
  of: ({ keyTokens: { key } }) => key.entropy / key.n,
};

/** Greatest entropy among fresh tokens: informative ones whose word the prompt doesn't hold. */
export const freshMaxEntropy: Feature = {
  ...shared,
  name: 'tokens.freshMaxEntropy',
  of: ({ keyTokens }) => keyTokens.fresh.mostEntropy,
};

/** Entropy of the first fresh token, where the answer proper begins. */
export const onsetEntropy: Feature = {
  ...shared,
  name: 'tokens.onsetEntropy',
  of: ({ tokens, keyTokens }) => tokens.entropy[keyTokens.first],
};

/** Mean Rényi entropy of order 2: (1/T) Σ_t −ln Σ_k p_tk². Heeds the head of the distribution more than Shannon's. */
export const collisionEntropy: Feature = {
  ...shared,
  name: 'tokens.collisionEntropy',
  ...tokenNumber(TokenNumber.COLLISION),
};

/** Mean Rényi entropy of order ∞ (min-entropy): (1/T) Σ_t −ln max_k p_tk: how far from certain the likeliest token is. */
export const minEntropy: Feature = {
  ...shared,
  name: 'tokens.minEntropy',
  range: [0, -LEAST_LOGPROB],
  of: ({ tokens }) => -tokens.numbers[TokenNumber.TOP],
};
