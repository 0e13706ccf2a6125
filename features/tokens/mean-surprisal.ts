import type { Feature } from '../feature.js';
import { LEAST_LOGPROB } from './least.js';
import { TokenNumber } from './numbers.js';
import { tokenNumber } from './token-number.js';

/**
 * Token confidence: (1/T) Σ_t −(1/k) Σ_k ln p_tk, the mean surprisal of the top k. Large where all mass is on one token and
 * the others hardly exist. Range [0, 30]. Source: Fu et al. 2025 (DeepConf), average trace confidence.
 */
export const meanSurprisal: Feature = {
  name: 'tokens.spread',
  version: 2,
  needs: 'tokens.top',
  towards: 'right',
  range: [0, -LEAST_LOGPROB],
  ...tokenNumber(TokenNumber.SURPRISAL),
};
