import type { Feature } from '../feature.js';
import { LEAST_LOGPROB } from './least.js';

/** Number of tokens in the tail. */
export const TAIL = 5;

export const tailLogprob: Feature = {
  name: 'tokens.tailLogprob',
  plain: 'Typical token probability in the last five tokens',
  shown: 'logprob',
  says: 'Mean log-probability of the last five tokens, where long answers conclude.',
  source: 'own; the tail confidence of Fu et al. 2025 (DeepConf, eq. 7) takes the top k and the last 2,048 tokens',
  version: 2,
  needs: 'tokens',
  towards: 'right',
  range: [LEAST_LOGPROB, 0],
  of: ({ tokens: { logprob, n } }) => {
    const width = Math.min(n, TAIL);
    let total = 0;
    for (let t = n - width; t < n; t++) total += logprob[t];
    return total / width;
  },
};
