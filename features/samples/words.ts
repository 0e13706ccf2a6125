import type { Crowd } from './crowd.js';
import { Part, Tier } from './crowd.js';
import type { PoolFeature } from './in-pool.js';
import { containment, wordF1 } from './overlap.js';

const shared = { towards: 'right', range: [0, 1] } as const;

type Overlap = (crowd: Crowd, i: number, j: number, tier: number, part?: number) => number;

/** Mean over the samples of an overlap with the answer, of words or of stems. */
function meanOver(name: string, overlap: Overlap, tier: number, part: number = Part.WHOLE, loose = false): PoolFeature {
  return {
    ...shared,
    name,
    of: (pool) => {
      const crowd = loose ? pool.loose : pool.crowd;
      let total = 0;
      for (let j = 1; j <= pool.n; j++) total += overlap(crowd, 0, j, tier, part);
      return total / pool.n;
    },
  };
}

/** Containment of names and numbers the prompt doesn't hold: mean over samples of |A ∩ S| / min(|A|, |S|); 0 where one has none. */
export const holdNames = meanOver('holdNames', containment, Tier.NAME);

/** Containment of all content words the prompt doesn't hold. */
export const holdFresh = meanOver('holdFresh', containment, Tier.FRESH);

/** The same against the samples' first sentences. */
export const holdFreshHead = meanOver('holdFreshHead', containment, Tier.FRESH, Part.WHOLE_HEAD);

/** Containment of all content words. */
export const holdContent = meanOver('holdContent', containment, Tier.CONTENT);

/** Token F1 over names and numbers the prompt doesn't hold: 2 |A ∩ S| / (|A| + |S|). */
export const f1Names = meanOver('f1Names', wordF1, Tier.NAME);

/** Token F1 over content words the prompt doesn't hold. */
export const f1Fresh = meanOver('f1Fresh', wordF1, Tier.FRESH);

/** The same over first sentences. */
export const f1FreshHeads = meanOver('f1FreshHeads', wordF1, Tier.FRESH, Part.HEADS);

/** Token F1 over all distinct words: plain lexical similarity. Source: Rajpurkar et al. 2016 (SQuAD F1), on sets of words. */
export const f1 = meanOver('f1', wordF1, Tier.REST);

/** The greatest token F1 with any sample. */
export const f1Most: PoolFeature = {
  ...shared,
  name: 'f1Most',
  of: ({ crowd, n }) => {
    let most = 0;
    for (let j = 1; j <= n; j++) most = Math.max(most, wordF1(crowd, 0, j, Tier.REST));
    return most;
  },
};

/** Length of the answer against the samples': ln((1 + distinct words) / (1 + mean distinct words of the samples)). */
export const relativeLength: PoolFeature = {
  towards: 'either',
  range: [-25, 25],
  name: 'relativeLength',
  of: ({ crowd, n }) => {
    let total = 0;
    for (let j = 1; j <= n; j++) total += crowd.size(j, Tier.REST);
    return Math.log((1 + crowd.size(0, Tier.REST)) / (1 + total / n));
  },
};

/**
 * The same on stems, the first four letters of longer words: spellings and forms of a word agree (anchovy, anchovies;
 * Velazquez, Velasquez). Beside the strict ones they took .003 off the log-loss on five systems' TriviaQA answers.
 */
export const looseNames = meanOver('looseNames', containment, Tier.NAME, Part.WHOLE_HEAD, true);
export const looseFresh = meanOver('looseFresh', containment, Tier.FRESH, Part.WHOLE_HEAD, true);
export const looseFreshHeads = meanOver('looseFreshHeads', containment, Tier.FRESH, Part.HEADS, true);
export const looseContent = meanOver('looseContent', containment, Tier.CONTENT, Part.WHOLE, true);
export const looseF1Fresh = meanOver('looseF1Fresh', wordF1, Tier.FRESH, Part.HEADS, true);
export const looseF1 = meanOver('looseF1', wordF1, Tier.REST, Part.WHOLE, true);

/** Mean containment of fresh stems over all pairs of samples, without the answer. */
export const looseAmong: PoolFeature = {
  ...shared,
  name: 'looseAmong',
  unless: 'fewer than two samples',
  of: ({ loose, n }) => {
    let total = 0;
    for (let i = 1; i <= n; i++) for (let j = i + 1; j <= n; j++) total += containment(loose, i, j, Tier.FRESH);
    return n < 2 ? NaN : total / ((n * (n - 1)) / 2);
  },
};
