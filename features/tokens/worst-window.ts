import type { Feature } from '../feature.js';
import { LEAST_LOGPROB } from './least.js';

/** Tokens of a window. */
export const WINDOW = 5;

/**
 * Worst window: the least mean log-probability of five tokens in a row; the mean of all where there are fewer. A wrong name
 * is a run of doubtful tokens that the mean over a long answer hides. Source: Fu et al. 2025 (DeepConf), lowest group confidence.
 */
export const worstWindow: Feature = {
  name: 'tokens.worstWindow',
  version: 2,
  needs: 'tokens',
  towards: 'right',
  range: [LEAST_LOGPROB, 0],
  of: ({ tokens: { logprob, n } }) => {
    const width = Math.min(n, WINDOW);
    let total = 0;
    for (let t = 0; t < width; t++) total += logprob[t];
    let least = total;
    for (let t = width; t < n; t++) {
      total += logprob[t] - logprob[t - width];
      if (total < least) least = total;
    }
    return least / width;
  },
};
