import type { Feature } from '../feature.js';
import { TokenNumber } from './numbers.js';
import { tokenNumber } from './token-number.js';

const shared = { version: 2, needs: 'tokens.top', towards: 'wrong' } as const;
const WEPR = 'Moslonka et al. 2025 (WEPR), a term of eq. 8, in nats instead of bits';

export const entropyProduction: Feature = {
  ...shared,
  name: 'tokens.entropyProduction',
  plain: 'Uncertainty about a token among the recorded alternatives, on average',
  shown: 'entropy',
  says:
    'Entropy production rate: (1/T) Σ_t Σ_k −p_tk ln p_tk over the top k alone, without a bucket for the remaining ' +
    'mass.',
  source: 'Moslonka et al. 2025 (EPR), eq. 6, in nats instead of bits',
  range: [0, 8],
  of: ({ tokens }) => Math.max(0, tokens.numbers[TokenNumber.BARE_ENTROPY]),
};

/** WEPR learns its weights; here the model learns them from the signals of each rank below. */
export const rankWeightedEntropy: Feature = {
  ...shared,
  name: 'tokens.rankWeightedEntropy',
  plain: 'Uncertainty about a token, with unlikely alternatives counting more, in nats',
  shown: 'number',
  says:
    'Entropy weighted by rank: (1/T) Σ_t Σ_k k · (−p_tk ln p_tk). ' +
    'Doubt among many alternatives weighs more than doubt between two.',
  source: 'after Moslonka et al. 2025 (WEPR), eq. 7, with fixed weights',
  range: [0, 1000],
  ...tokenNumber(TokenNumber.RANKED),
};

export function meanRankEntropy(rank: number): Feature {
  return {
    ...shared,
    name: `tokens.rank${rank}MeanEntropy`,
    plain: `Part of the uncertainty about a token that alternative ${rank} adds, on average, in nats`,
    shown: 'number',
    says: `Mean contribution of the alternative of rank r = ${rank} to the entropy: (1/T) Σ_t −p_tr ln p_tr.`,
    source: WEPR,
    unless: `fewer than ${rank} alternatives`,
    range: [0, Math.exp(-1)],
    ...tokenNumber(TokenNumber.SHARE + rank - 1),
  };
}

export function maxRankEntropy(rank: number): Feature {
  return {
    ...shared,
    name: `tokens.rank${rank}MaxEntropy`,
    plain: `Part of the uncertainty about a token that alternative ${rank} adds, at most, in nats`,
    shown: 'number',
    says: `The greatest contribution of the alternative of rank r = ${rank} at any token: max_t −p_tr ln p_tr.`,
    source: WEPR,
    unless: `fewer than ${rank} alternatives`,
    range: [0, Math.exp(-1)],
    ...tokenNumber(TokenNumber.SHARE_MOST + rank - 1),
  };
}
