import type { Feature } from '../feature.js';
import { LEAST_LOGPROB } from './least.js';
import { TokenNumber } from './numbers.js';
import { tokenNumber } from './token-number.js';

const shared = { version: 2, needs: 'tokens.top', towards: 'right', range: [LEAST_LOGPROB, -LEAST_LOGPROB] } as const;

/**
 * Mean margin: (1/T) Σ_t (ℓ_t − best other ℓ), in nats; below 0 where the chosen token wasn't the likeliest. The runner-up is
 * taken by log-probability, so it does not matter whether the chosen token stands among its alternatives.
 */
export const meanMargin: Feature = {
  ...shared,
  name: 'tokens.meanMargin',
  ...tokenNumber(TokenNumber.MARGIN),
};

/** Least margin at any token. */
export const minMargin: Feature = {
  ...shared,
  name: 'tokens.minMargin',
  ...tokenNumber(TokenNumber.LEAST_MARGIN),
};

/** Margin at the first token. */
export const firstMargin: Feature = { ...shared, name: 'tokens.firstMargin', ...tokenNumber(TokenNumber.FIRST_MARGIN) };

/** Least margin among fresh tokens: informative ones whose word the prompt doesn't hold. */
export const freshMinMargin: Feature = {
  ...shared,
  name: 'tokens.freshMinMargin',
  of: ({ keyTokens }) => keyTokens.fresh.leastMargin,
};

/** Share of tokens where the chosen one isn't the likeliest: how far sampling strayed from the greedy path. */
export const outrankedShare: Feature = {
  ...shared,
  name: 'tokens.outrankedShare',
  towards: 'wrong',
  range: [0, 1],
  ...tokenNumber(TokenNumber.OUTRANKED),
};

/** Mean probability outside the top k: (1/T) Σ_t (1 − Σ_k p_tk). */
export const restMass: Feature = {
  ...shared,
  name: 'tokens.restMass',
  towards: 'wrong',
  range: [0, 1],
  ...tokenNumber(TokenNumber.REST),
};

/** Margin at the first fresh token, where the answer proper begins. */
export const onsetMargin: Feature = {
  ...shared,
  name: 'tokens.onsetMargin',
  of: ({ tokens, keyTokens }) => tokens.margin[keyTokens.first],
};
