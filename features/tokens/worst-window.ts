import type { Feature } from '../feature.js';
import { LEAST_LOGPROB } from './least.js';

/** Number of tokens in a window. */
export const WINDOW = 5;

/** A wrong name is a sequence of doubtful tokens. The mean over a long answer hides it. */
export const worstWindow: Feature = {
  name: 'tokens.worstWindow',
  plain: 'Typical token probability in the least likely five tokens in a row',
  shown: 'logprob',
  says: 'The least mean log-probability of five consecutive tokens, or the mean of all where there are fewer.',
  source:
    'own; the lowest group confidence of Fu et al. 2025 (DeepConf, eq. 6) takes the top k and windows of 1,024 tokens ' +
    'or more',
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
