import { type GraphSignal, ofTop, withLogOfPositive } from './graph-signal.js';
import { decided, leastMargin, most, nothing } from './over-mask.js';

/** The signals of features/tokens/ that read alternatives, except `tokens.decisiveOdds`, which reads their text. */
export const topSignals: readonly GraphSignal[] = [
  ...withLogOfPositive(ofTop('tokens.meanEntropy', ({ tokens, top }) => tokens.mean(tokens.sumOver(top.entropy)))),
  ...withLogOfPositive(ofTop('tokens.maxEntropy', ({ tokens, top }) => most(tokens, tokens.has, top.entropy))),
  ...withLogOfPositive(ofTop('tokens.firstEntropy', ({ tokens, top }) => tokens.sumWhere(tokens.first, top.entropy))),
  ofTop('tokens.stdEntropy', ({ tokens, top }) => tokens.std(top.entropy)),
  ...withLogOfPositive(
    ofTop('tokens.keyMeanEntropy', ({ top, marked: marks }) => marks.mean('informative', top.entropy), 'informative'),
  ),
  ...withLogOfPositive(
    ofTop(
      'tokens.freshMaxEntropy',
      ({ tokens, top, marked: marks }) => most(tokens, marks.chosen('fresh'), top.entropy),
      'informative',
      'fresh',
    ),
  ),
  ...withLogOfPositive(
    ofTop(
      'tokens.onsetEntropy',
      ({ tokens, top, marked: marks }) => tokens.sumWhere(marks.onset, top.entropy),
      'informative',
      'fresh',
    ),
  ),
  ofTop('tokens.collisionEntropy', ({ tokens, top }) => tokens.mean(tokens.sumOver(top.collision))),
  ofTop('tokens.minEntropy', ({ tokens, top }) => tokens.on.neg(tokens.mean(tokens.sumOver(top.likeliest)))),
  ofTop('tokens.entropyProduction', ({ tokens, top }) =>
    tokens.on.most(tokens.mean(tokens.sumOver(top.bareEntropy)), 0),
  ),
  ofTop('tokens.rankWeightedEntropy', ({ tokens, top }) => tokens.mean(tokens.sumOver(top.ranked))),
  ...[1, 2, 3, 4, 5].map((rank) =>
    ofTop(`tokens.rank${rank}MeanEntropy`, ({ tokens, top }) => {
      const share = top.share(rank);
      return share === null ? nothing(tokens) : tokens.mean(tokens.sumOver(share));
    }),
  ),
  ...[1, 2, 3, 4, 5].map((rank) =>
    ofTop(`tokens.rank${rank}MaxEntropy`, ({ tokens, top }) => {
      const share = top.share(rank);
      return share === null ? nothing(tokens) : most(tokens, tokens.has, share);
    }),
  ),
  ...withLogOfPositive(ofTop('tokens.restMass', ({ tokens, top }) => tokens.mean(tokens.sumOver(top.rest)))),
  ofTop('tokens.spread', ({ tokens, top }) => tokens.mean(tokens.sumOver(top.meanSurprisal))),
  ofTop('tokens.meanMargin', ({ tokens, top }) => tokens.mean(tokens.sumOver(top.margin))),
  ofTop('tokens.minMargin', ({ tokens, top }) => leastMargin(tokens, tokens.has, top)),
  ofTop('tokens.firstMargin', ({ tokens, top }) => tokens.sumWhere(tokens.first, top.margin)),
  ofTop(
    'tokens.freshMinMargin',
    ({ tokens, top, marked: marks }) => leastMargin(tokens, marks.chosen('fresh'), top),
    'informative',
    'fresh',
  ),
  ofTop(
    'tokens.onsetMargin',
    ({ tokens, top, marked: marks }) => tokens.sumWhere(marks.onset, top.margin),
    'informative',
    'fresh',
  ),
  ofTop(
    'tokens.decisiveMargin',
    ({ tokens, top, marked: marks }) => decided(tokens, marks, leastMargin(tokens, marks.marked('decisive'), top)),
    'decisive',
  ),
  ofTop('tokens.outrankedShare', ({ tokens, top }) => {
    const { on, has } = tokens;
    return tokens.mean(on.sum(on.ones(on.and(has, top.outranked))));
  }),
];
