import { max, mean, min } from '../stats.js';
import { SAME_CLUSTER } from './clusters.js';
import type { PoolFeature } from './in-pool.js';

const shared = { towards: 'right', range: [0, 1] } as const;

/**
 * `same` is defined in same-answer.ts. It was the strongest single signal on five systems' TriviaQA answers.
 */
export const agree: PoolFeature = {
  ...shared,
  name: 'agree',
  shown: 'share',
  says: 'Mean agreement of the answer with the samples: (1/n) Σ_j same(answer, sample j).',
  source: 'after Wang et al. 2023 (self-consistency) and Lin et al. 2024, section 4.2, C_Deg',
  of: (pool) => mean(pool.agree, pool.n),
};

export const agreeHeads: PoolFeature = {
  ...shared,
  name: 'agreeHeads',
  shown: 'share',
  says: 'Mean agreement of the first sentences of answer and samples. Long answers give the result there.',
  of: (pool) => mean(pool.agreeHeads, pool.n),
};

export const agreeHead: PoolFeature = {
  ...shared,
  name: 'agreeHead',
  shown: 'share',
  says: 'Mean agreement of the whole answer with the first sentences of the samples.',
  of: (pool) => mean(pool.agreeHead, pool.n),
};

export const agreeMost: PoolFeature = {
  ...shared,
  name: 'agreeMost',
  plain: 'Agreement with the most similar of the samples',
  shown: 'share',
  says: 'The greatest agreement with any sample.',
  of: (pool) => max(pool.agree, pool.n),
};

export const agreeLeast: PoolFeature = {
  ...shared,
  name: 'agreeLeast',
  plain: 'Agreement with the least similar of the samples',
  shown: 'share',
  says: 'The least agreement with any sample.',
  of: (pool) => min(pool.agree, pool.n),
};

export const agreeShare: PoolFeature = {
  ...shared,
  name: 'agreeShare',
  plain: 'Share of the samples that agree with the answer',
  shown: 'share',
  says: 'Share of the samples that agree with the answer by two thirds or more.',
  of: (pool) => {
    let count = 0;
    for (let j = 0; j < pool.n; j++) if (pool.agree[j] >= SAME_CLUSTER) count++;
    return count / pool.n;
  },
};

export const agreeShareLogit: PoolFeature = {
  ...shared,
  name: 'agreeShare.logit',
  plain: 'Share of the samples that agree with the answer, with one half added to each side',
  shown: 'logit',
  says:
    'Log-odds of the share of samples that agree by two thirds or more, with one half added to each side: ' +
    'ln((c + ½) / (n − c + ½)). It distinguishes 5 of 5 from 2 of 2.',
  range: [-4.2, 4.2],
  of: (pool) => {
    let count = 0;
    for (let j = 0; j < pool.n; j++) if (pool.agree[j] >= SAME_CLUSTER) count++;
    return Math.log((count + 0.5) / (pool.n - count + 0.5));
  },
};

export const agreeCentral: PoolFeature = {
  ...shared,
  name: 'agreeCentral',
  plain: 'Agreement with the samples, with typical ones counting more',
  shown: 'share',
  says:
    'Agreement weighted by how central each sample is: ' +
    "Σ_j w_j a_j / Σ_j w_j, where w_j = 0.2 + the sample's mean agreement with the other samples.",
  of: (pool) => {
    let total = 0;
    let weights = 0;
    for (let j = 0; j < pool.n; j++) {
      const weight = 0.2 + pool.central[j];
      total += weight * pool.agree[j];
      weights += weight;
    }
    return total / weights;
  },
};

export const rival: PoolFeature = {
  ...shared,
  towards: 'wrong',
  name: 'rival',
  plain: 'Agreement of the samples with the best competing answer',
  shown: 'share',
  says:
    'How central the best competing answer is: the greatest mean agreement with other samples among the samples ' +
    'that agree with the answer by less than one half; 0 where there are none. With a single sample it is 1 or 0.',
  of: (pool) => {
    let most = 0;
    for (let j = 0; j < pool.n; j++) {
      const central = pool.n > 1 ? pool.central[j] : 1;
      if (pool.agree[j] < 0.5 && central > most) most = central;
    }
    return most;
  },
};
