import type { Feature } from '../feature.js';
import { LEAST_LOGPROB } from './least.js';

const shared = { version: 2, needs: 'tokens', towards: 'right', range: [LEAST_LOGPROB, 0] } as const;

export const keyMeanLogprob: Feature = {
  ...shared,
  name: 'tokens.keyMeanLogprob',
  plain: 'Typical token probability in content words',
  shown: 'logprob',
  says: 'Mean log-probability of the informative tokens.',
  of: ({ keyTokens: { key } }) => key.logprob / key.n,
};

export const keyMinLogprob: Feature = {
  ...shared,
  name: 'tokens.keyMinLogprob',
  plain: 'Probability of the least likely token in content words',
  shown: 'logprob',
  says: 'The least log-probability among the informative tokens.',
  of: ({ keyTokens }) => keyTokens.key.leastLogprob,
};

export const freshMeanLogprob: Feature = {
  ...shared,
  name: 'tokens.freshMeanLogprob',
  plain: 'Typical token probability in new words',
  shown: 'logprob',
  says: 'Mean log-probability of the fresh tokens.',
  of: ({ keyTokens: { fresh } }) => fresh.logprob / fresh.n,
};

export const freshMinLogprob: Feature = {
  ...shared,
  name: 'tokens.freshMinLogprob',
  plain: 'Probability of the least likely token in new words',
  shown: 'logprob',
  says: 'The least log-probability among the fresh tokens.',
  of: ({ keyTokens }) => keyTokens.fresh.leastLogprob,
};

export const freshSumLogprob: Feature = {
  ...shared,
  name: 'tokens.freshSumLogprob',
  plain: 'Probability of all new words together',
  shown: 'logprob',
  says: 'Sum of the log-probabilities of the fresh tokens, which are what the answer adds to the question.',
  range: [-1e6, 0],
  of: ({ keyTokens }) => keyTokens.fresh.logprob,
};

export const onsetLogprob: Feature = {
  ...shared,
  name: 'tokens.onsetLogprob',
  plain: 'Probability of the token where the first new word begins',
  shown: 'logprob',
  says: 'Log-probability of the first fresh token, where the actual answer begins after repeating the question.',
  of: ({ tokens, keyTokens }) => tokens.logprob[keyTokens.first],
};

export const keyShare: Feature = {
  ...shared,
  name: 'tokens.keyShare',
  plain: 'Share of the tokens that belong to content words',
  shown: 'share',
  says: 'Share of the tokens that are informative; 0 where none is.',
  towards: 'either',
  range: [0, 1],
  of: ({ tokens, keyTokens }) => keyTokens.keys / tokens.n,
};
