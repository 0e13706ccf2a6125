import type { Feature } from '../feature.js';
import { LEAST_LOGPROB } from './least.js';
import { TokenNumber } from './numbers.js';
import { tokenNumber } from './token-number.js';

const shared = { version: 2, needs: 'tokens.top', towards: 'right', range: [LEAST_LOGPROB, -LEAST_LOGPROB] } as const;

/**
 * The runner-up is found by its log-probability, so it does not matter whether the alternatives include the chosen
 * token.
 */
export const meanMargin: Feature = {
  ...shared,
  name: 'tokens.meanMargin',
  plain: 'Chosen token against the best other one, typically',
  shown: 'odds',
  says:
    'Mean margin: (1/T) Σ_t (ℓ_t − the best other ℓ), in nats. ' +
    'The margin is below 0 where the chosen token was not the likeliest.',
  ...tokenNumber(TokenNumber.MARGIN),
};

export const minMargin: Feature = {
  ...shared,
  name: 'tokens.minMargin',
  plain: 'Chosen token against the best other one, where this is closest',
  shown: 'odds',
  says: 'The least margin at any token.',
  ...tokenNumber(TokenNumber.LEAST_MARGIN),
};

export const firstMargin: Feature = {
  ...shared,
  name: 'tokens.firstMargin',
  plain: 'Chosen token against the best other one, at the first token',
  shown: 'odds',
  says: 'Margin at the first token.',
  ...tokenNumber(TokenNumber.FIRST_MARGIN),
};

export const freshMinMargin: Feature = {
  ...shared,
  name: 'tokens.freshMinMargin',
  plain: 'Chosen token against the best other one, where this is closest in new words',
  shown: 'odds',
  says: 'The least margin among the fresh tokens.',
  of: ({ keyTokens }) => keyTokens.fresh.leastMargin,
};

export const outrankedShare: Feature = {
  ...shared,
  name: 'tokens.outrankedShare',
  shown: 'share',
  says:
    'Share of the tokens where the chosen one is not the likeliest. ' +
    'It shows how far sampling deviated from the greedy path.',
  towards: 'wrong',
  range: [0, 1],
  ...tokenNumber(TokenNumber.OUTRANKED),
};

export const restMass: Feature = {
  ...shared,
  name: 'tokens.restMass',
  plain: 'Probability outside the recorded alternatives, on average',
  shown: 'probability',
  says: 'Mean probability outside the top k: (1/T) Σ_t (1 − Σ_k p_tk).',
  towards: 'wrong',
  range: [0, 1],
  ...tokenNumber(TokenNumber.REST),
};

export const onsetMargin: Feature = {
  ...shared,
  name: 'tokens.onsetMargin',
  plain: 'Chosen token against the best other one, where the first new word begins',
  shown: 'odds',
  says: 'Margin at the first fresh token, where the actual answer begins.',
  of: ({ tokens, keyTokens }) => tokens.margin[keyTokens.first],
};
