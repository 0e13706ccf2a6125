import type { Feature } from '../feature.js';
import { mean } from '../stats.js';
import type { TokenTable } from './token-table.js';

function meanProbability({ logprob, n }: TokenTable): number {
  let total = 0;
  for (let t = 0; t < n; t++) total += Math.exp(logprob[t]);
  return total / n;
}

/** Mean token probability: (1/T) Σ_t p_t. Range (0, 1]. */
export const pavg: Feature = {
  name: 'tokens.pavg',
  version: 1,
  needs: 'tokens',
  towards: 'right',
  range: [0, 1],
  of: ({ tokens }) => meanProbability(tokens),
};

/**
 * Logit of the mean token probability: ln p̄ − ln(q̄ + 1e-9), q̄ = (1/T) Σ_t −expm1(ℓ_t), so that what is missing to 1 comes
 * from log space and never cancels. Range [−30, 20.8].
 */
export const pavgLogit: Feature = {
  name: 'tokens.pavg.logit',
  version: 1,
  needs: 'tokens',
  towards: 'right',
  range: [-31, 21],
  of: ({ tokens }) => {
    let missing = 0;
    for (let t = 0; t < tokens.n; t++) missing -= Math.expm1(tokens.logprob[t]);
    return Math.log(meanProbability(tokens)) - Math.log(missing / tokens.n + 1e-9);
  },
};

/** Perplexity: exp(−(1/T) Σ_t ℓ_t). Range [1, e³⁰]; 1 where every token was certain. */
export const perplexity: Feature = {
  name: 'tokens.perplexity',
  version: 1,
  needs: 'tokens',
  towards: 'wrong',
  range: [1, Math.exp(30)],
  of: ({ tokens }) => Math.exp(-mean(tokens.logprob, tokens.n)),
};
