import type { Feature } from '../feature.js';
import { LEAST_LOGPROB } from './least.js';
import { TokenNumber } from './numbers.js';
import { tokenNumber } from './token-number.js';

const shared = { version: 2, needs: 'tokens', towards: 'right', range: [LEAST_LOGPROB, 0] } as const;

export const meanLogprob: Feature = {
  ...shared,
  name: 'tokens.meanLogprob',
  plain: 'Typical token probability (geometric mean)',
  shown: 'logprob',
  says: 'Mean log-probability of the tokens: ℓ̄ = (1/T) Σ_t ℓ_t.',
  source: 'Malinin & Gales 2021, likelihood normalised by length, there of an ensemble',
  ...tokenNumber(TokenNumber.LOGPROB),
};

export const minLogprob: Feature = {
  ...shared,
  name: 'tokens.minLogprob',
  plain: 'Probability of the least likely token',
  shown: 'logprob',
  says: 'The least log-probability of any token: min_t ℓ_t.',
  source: 'Manakul et al. 2023 (SelfCheckGPT), section 3.1, Max(−log p), there per sentence',
  ...tokenNumber(TokenNumber.LEAST_LOGPROB),
};

export const sumLogprob: Feature = {
  ...shared,
  name: 'tokens.sumLogprob',
  plain: 'Probability of the whole answer',
  shown: 'logprob',
  says: 'Log-probability of the whole answer: Σ_t ℓ_t.',
  range: [-1e6, 0],
  ...tokenNumber(TokenNumber.SUM_LOGPROB),
};

export const firstLogprob: Feature = {
  ...shared,
  name: 'tokens.firstLogprob',
  plain: 'Probability of the first token',
  shown: 'logprob',
  says: 'Log-probability of the first token. Short answers are decided there.',
  ...tokenNumber(TokenNumber.FIRST_LOGPROB),
};

export const lastLogprob: Feature = {
  ...shared,
  name: 'tokens.lastLogprob',
  plain: 'Probability of the last token',
  shown: 'logprob',
  says: 'Log-probability of the last token.',
  ...tokenNumber(TokenNumber.LAST_LOGPROB),
};

export const stdLogprob: Feature = {
  ...shared,
  name: 'tokens.stdLogprob',
  shown: 'number',
  says: 'Standard deviation of the token log-probabilities. It is large where one doubtful token is among sure ones.',
  towards: 'wrong',
  range: [0, -LEAST_LOGPROB / 2],
  ...tokenNumber(TokenNumber.STD_LOGPROB),
};
