import type { Feature } from '../feature.js';
import { TokenNumber } from './numbers.js';
import { tokenNumber } from './token-number.js';

const shared = { version: 2, needs: 'tokens.top', towards: 'wrong' } as const;

/**
 * Entropy production rate: (1/T) Σ_t Σ_{k≤K} −p_tk ln p_tk, over the top K alone, without a bucket for the rest.
 * Source: Moslonka et al. 2025 (EPR).
 */
export const entropyProduction: Feature = {
  ...shared,
  name: 'tokens.entropyProduction',
  range: [0, 8],
  of: ({ tokens }) => Math.max(0, tokens.numbers[TokenNumber.BARE_ENTROPY]),
};

/**
 * Rank-weighted entropy: (1/T) Σ_t Σ_k k · (−p_tk ln p_tk): doubt spread over many alternatives weighs more than doubt
 * between two. The fixed-weight form of WEPR, whose learned weights the model finds from the ranks below.
 */
export const rankWeightedEntropy: Feature = {
  ...shared,
  name: 'tokens.rankWeightedEntropy',
  range: [0, 1000],
  ...tokenNumber(TokenNumber.RANKED),
};

/** Contribution of rank r to the entropy, mean over tokens: (1/T) Σ_t −p_tr ln p_tr. Source: Moslonka et al. 2025 (WEPR). */
export function meanRankEntropy(rank: number): Feature {
  return {
    ...shared,
    name: `tokens.rank${rank}MeanEntropy`,
    unless: `fewer than ${rank} alternatives`,
    range: [0, Math.exp(-1)],
    ...tokenNumber(TokenNumber.SHARE + rank - 1),
  };
}

/** The greatest contribution of rank r at any token: max_t −p_tr ln p_tr. */
export function maxRankEntropy(rank: number): Feature {
  return {
    ...shared,
    name: `tokens.rank${rank}MaxEntropy`,
    unless: `fewer than ${rank} alternatives`,
    range: [0, Math.exp(-1)],
    ...tokenNumber(TokenNumber.SHARE_MOST + rank - 1),
  };
}
