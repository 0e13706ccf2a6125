import type { Feature } from '../feature.js';
import { LEAST_LOGPROB } from './least.js';
import { TokenNumber } from './numbers.js';
import { tokenNumber } from './token-number.js';

export const meanSurprisal: Feature = {
  name: 'tokens.spread',
  plain: 'Typical probability of a recorded alternative',
  shown: 'surprisal',
  says:
    'Token confidence, the mean surprisal of the top k: (1/T) Σ_t −(1/k) Σ_k ln p_tk. ' +
    'It is large where one token has nearly all the mass.',
  source: 'Fu et al. 2025 (DeepConf), eq. 2 and 3, average trace confidence',
  version: 2,
  needs: 'tokens.top',
  towards: 'right',
  range: [0, -LEAST_LOGPROB],
  ...tokenNumber(TokenNumber.SURPRISAL),
};
