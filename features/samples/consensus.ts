import { type Crowd, Tier } from './crowd.js';
import type { PoolFeature } from './in-pool.js';

const shared = { towards: 'right', range: [0, 1] } as const;

/** The greatest support of any word of texts `from` to `to`, down to a tier, among the words that `wanted` accepts. */
function mostSupport(crowd: Crowd, from: number, to: number, tier: number, wanted: (word: number) => boolean): number {
  let most = 0;
  for (let i = from; i <= to; i++) {
    const end = crowd.begin[i] + crowd.size(i, tier);
    for (let w = crowd.begin[i]; w < end; w++) {
      const word = crowd.words[w];
      if (crowd.support[word] > most && wanted(word)) most = crowd.support[word];
    }
  }
  return most;
}

const any = () => true;

export const supportNames: PoolFeature = {
  ...shared,
  name: 'supportNames',
  plain: 'Share of the samples that contain the best-supported new name or number of the answer',
  shown: 'share',
  says: 'Share of the samples that contain the best-supported fresh name or number of the answer.',
  of: ({ crowd, n }) => mostSupport(crowd, 0, 0, Tier.NAME, any) / n,
};

export const support: PoolFeature = {
  ...shared,
  name: 'support',
  plain: 'Share of the samples that contain the best-supported new word of the answer',
  shown: 'share',
  says: 'Share of the samples that contain the best-supported fresh word of the answer.',
  of: ({ crowd, n }) => mostSupport(crowd, 0, 0, Tier.FRESH, any) / n,
};

export const supportMean: PoolFeature = {
  ...shared,
  name: 'supportMean',
  plain: 'Share of the samples that contain a new word of the answer, on average',
  shown: 'share',
  says:
    "Mean over the answer's fresh words of the share of samples that contain the word; " +
    '0 where the answer has none.',
  of: ({ crowd, n }) => {
    const end = crowd.begin[0] + crowd.size(0, Tier.FRESH);
    let total = 0;
    for (let w = crowd.begin[0]; w < end; w++) total += crowd.support[crowd.words[w]];
    return end === crowd.begin[0] ? 0 : total / ((end - crowd.begin[0]) * n);
  },
};

export const supportRival: PoolFeature = {
  ...shared,
  towards: 'wrong',
  name: 'supportRival',
  plain: 'Share of the samples that contain the best-supported new word that the answer lacks',
  shown: 'share',
  says: 'Share of the samples that contain the best-supported fresh word that the answer does not contain.',
  of: ({ crowd, n }) => mostSupport(crowd, 1, n, Tier.FRESH, (word) => crowd.inAnswer[word] === 0) / n,
};

/** s(w) is the number of samples that contain w. 0 where no sample has a fresh word. */
export const consensusShare: PoolFeature = {
  ...shared,
  name: 'consensusHeld',
  plain: 'How much of what the samples agree on occurs in the answer',
  shown: 'share',
  says:
    'How much of what the samples agree on also occurs in the answer: ' +
    'Σ s(w)³ over fresh words w in the answer, divided by the same sum over all.',
  of: ({ crowd, n }) => {
    let answered = 0;
    let all = 0;
    for (let i = 1; i <= n; i++) {
      const end = crowd.begin[i] + crowd.size(i, Tier.FRESH);
      for (let w = crowd.begin[i]; w < end; w++) {
        const word = crowd.words[w];
        // each word occurs in s texts, so adding s² each time makes s³
        const weight = crowd.support[word] ** 2;
        all += weight;
        if (crowd.inAnswer[word] === 1) answered += weight;
      }
    }
    return all === 0 ? 0 : answered / all;
  },
};
