import type { Feature } from '../feature.js';
import { LEAST_LOGPROB } from './least.js';

const shared = { version: 2, needs: 'tokens', towards: 'right', range: [LEAST_LOGPROB, 0] } as const;

/** Mean log-probability over informative tokens: those of words with content, not of punctuation, format or function words. */
export const keyMeanLogprob: Feature = {
  ...shared,
  name: 'tokens.keyMeanLogprob',
  of: ({ keyTokens: { key } }) => key.logprob / key.n,
};

/** Least log-probability among informative tokens. */
export const keyMinLogprob: Feature = {
  ...shared,
  name: 'tokens.keyMinLogprob',
  of: ({ keyTokens }) => keyTokens.key.leastLogprob,
};

/** Mean log-probability over fresh tokens: informative ones whose word the prompt doesn't hold. */
export const freshMeanLogprob: Feature = {
  ...shared,
  name: 'tokens.freshMeanLogprob',
  of: ({ keyTokens: { fresh } }) => fresh.logprob / fresh.n,
};

/** Least log-probability among fresh tokens. */
export const freshMinLogprob: Feature = {
  ...shared,
  name: 'tokens.freshMinLogprob',
  of: ({ keyTokens }) => keyTokens.fresh.leastLogprob,
};

/** Log-probability of all fresh tokens together: what the answer adds to the question, as one event. */
export const freshSumLogprob: Feature = {
  ...shared,
  name: 'tokens.freshSumLogprob',
  range: [-1e6, 0],
  of: ({ keyTokens }) => keyTokens.fresh.logprob,
};

/** Log-probability of the first fresh token: where the answer proper begins, after what it repeats of the question. */
export const onsetLogprob: Feature = {
  ...shared,
  name: 'tokens.onsetLogprob',
  of: ({ tokens, keyTokens }) => tokens.logprob[keyTokens.first],
};

/** Share of informative tokens; 0 where none qualifies. */
export const keyShare: Feature = {
  ...shared,
  name: 'tokens.keyShare',
  towards: 'either',
  range: [0, 1],
  of: ({ tokens, keyTokens }) => keyTokens.keys / tokens.n,
};
