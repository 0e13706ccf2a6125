import type { Feature } from '../feature.js';

/** Share of tokens with probability under one half: #{ℓ_t < ln ½} / T. */
export const lowShare: Feature = {
  name: 'tokens.lowShare',
  version: 1,
  needs: 'tokens',
  towards: 'wrong',
  range: [0, 1],
  of: ({ tokens }) => {
    let low = 0;
    for (let t = 0; t < tokens.n; t++) if (tokens.logprob[t] < -Math.LN2) low++;
    return low / tokens.n;
  },
};
