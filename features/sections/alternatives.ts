import type { Feature } from '../feature.js';
import { decisiveMargin, decisiveOdds } from '../tokens/decisive.js';
import {
  collisionEntropy,
  firstEntropy,
  freshMaxEntropy,
  keyMeanEntropy,
  maxEntropy,
  meanEntropy,
  minEntropy,
  onsetEntropy,
  stdEntropy,
} from '../tokens/entropy.js';
import {
  firstMargin,
  freshMinMargin,
  meanMargin,
  minMargin,
  onsetMargin,
  outrankedShare,
  restMass,
} from '../tokens/margin.js';
import { meanSurprisal } from '../tokens/mean-surprisal.js';
import { entropyProduction, maxRankEntropy, meanRankEntropy, rankWeightedEntropy } from '../tokens/rank-entropy.js';
import { withLog } from './with-log.js';

/** Alternatives of tokens. */
export const alternativesSignals: readonly Feature[] = [
  ...withLog(meanEntropy),
  ...withLog(maxEntropy),
  ...withLog(firstEntropy),
  stdEntropy,
  ...withLog(keyMeanEntropy),
  ...withLog(freshMaxEntropy),
  ...withLog(onsetEntropy),
  collisionEntropy,
  minEntropy,
  entropyProduction,
  rankWeightedEntropy,
  ...[1, 2, 3, 4, 5].map(meanRankEntropy),
  ...[1, 2, 3, 4, 5].map(maxRankEntropy),
  ...withLog(restMass),
  meanSurprisal,
  meanMargin,
  minMargin,
  firstMargin,
  freshMinMargin,
  onsetMargin,
  decisiveMargin,
  decisiveOdds,
  outrankedShare,
];
