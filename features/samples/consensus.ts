import { type Crowd, Tier } from './crowd.js';
import type { PoolFeature } from './in-pool.js';

const shared = { towards: 'right', range: [0, 1] } as const;

/** The most samples that hold one and the same telling word of texts `from` to `to`, as far as `wanted` takes the word. */
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

/** Support: the share of samples that hold the best-supported name or number of the answer. */
export const supportNames: PoolFeature = {
  ...shared,
  name: 'supportNames',
  of: ({ crowd, n }) => mostSupport(crowd, 0, 0, Tier.NAME, any) / n,
};

/** The same over all content words the prompt doesn't hold. */
export const support: PoolFeature = {
  ...shared,
  name: 'support',
  of: ({ crowd, n }) => mostSupport(crowd, 0, 0, Tier.FRESH, any) / n,
};

/** Mean support of the answer's fresh words: the share of samples that hold a word, mean over words; 0 where it has none. */
export const supportMean: PoolFeature = {
  ...shared,
  name: 'supportMean',
  of: ({ crowd, n }) => {
    const end = crowd.begin[0] + crowd.size(0, Tier.FRESH);
    let total = 0;
    for (let w = crowd.begin[0]; w < end; w++) total += crowd.support[crowd.words[w]];
    return end === crowd.begin[0] ? 0 : total / ((end - crowd.begin[0]) * n);
  },
};

/** Support of the best fresh word that samples hold and the answer doesn't. */
export const supportRival: PoolFeature = {
  ...shared,
  towards: 'wrong',
  name: 'supportRival',
  of: ({ crowd, n }) => mostSupport(crowd, 1, n, Tier.FRESH, (word) => crowd.inAnswer[word] === 0) / n,
};

/**
 * Consensus held: how much of what samples say together the answer says too: Σ s(w)³ over fresh words w of samples that the
 * answer holds, over the same for all, s(w) the samples that hold w; 0 where they say nothing fresh.
 */
export const consensusShare: PoolFeature = {
  ...shared,
  name: 'consensusHeld',
  of: ({ crowd, n }) => {
    let answered = 0;
    let all = 0;
    for (let i = 1; i <= n; i++) {
      const end = crowd.begin[i] + crowd.size(i, Tier.FRESH);
      for (let w = crowd.begin[i]; w < end; w++) {
        const word = crowd.words[w];
        // each word is met s times, so s² at each meeting makes s³
        const weight = crowd.support[word] ** 2;
        all += weight;
        if (crowd.inAnswer[word] === 1) answered += weight;
      }
    }
    return all === 0 ? 0 : answered / all;
  },
};
