import type { Feature } from '../feature.js';
import { LEAST_LOGPROB } from './least.js';

/** Tokens of the tail. */
export const TAIL = 5;

/** Tail: mean log-probability of the last five tokens, where long answers conclude. Source: Fu et al. 2025 (DeepConf), tail confidence. */
export const tailLogprob: Feature = {
  name: 'tokens.tailLogprob',
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
