import { max, mean, min } from '../stats.js';
import { SAME_CLUSTER } from './clusters.js';
import type { PoolFeature } from './in-pool.js';

const shared = { towards: 'right', range: [0, 1] } as const;

/**
 * Agreement: (1/n) Σ_j same(answer, sample j), `same` as in same-answer.ts. Source: Wang et al. 2023 (self-consistency);
 * Lin et al. 2024, degree. On five systems' TriviaQA answers the strongest single signal.
 */
export const agree: PoolFeature = { ...shared, name: 'agree', of: (pool) => mean(pool.agree, pool.n) };

/** Agreement of first sentences: long answers say it there. */
export const agreeHeads: PoolFeature = { ...shared, name: 'agreeHeads', of: (pool) => mean(pool.agreeHeads, pool.n) };

/** Agreement of the whole answer with the samples' first sentences. */
export const agreeHead: PoolFeature = { ...shared, name: 'agreeHead', of: (pool) => mean(pool.agreeHead, pool.n) };

/** Greatest agreement with any sample. */
export const agreeMost: PoolFeature = { ...shared, name: 'agreeMost', of: (pool) => max(pool.agree, pool.n) };

/** Least agreement with any sample. */
export const agreeLeast: PoolFeature = { ...shared, name: 'agreeLeast', of: (pool) => min(pool.agree, pool.n) };

/** Share of samples that agree by two thirds or more. */
export const agreeShare: PoolFeature = {
  ...shared,
  name: 'agreeShare',
  of: (pool) => {
    let count = 0;
    for (let j = 0; j < pool.n; j++) if (pool.agree[j] >= SAME_CLUSTER) count++;
    return count / pool.n;
  },
};

/** Log-odds of the share that agrees, one half added to each side: ln (c + ½) / (n − c + ½). Tells 5 of 5 from 2 of 2. */
export const agreeShareLogit: PoolFeature = {
  ...shared,
  name: 'agreeShare.logit',
  range: [-4.2, 4.2],
  of: (pool) => {
    let count = 0;
    for (let j = 0; j < pool.n; j++) if (pool.agree[j] >= SAME_CLUSTER) count++;
    return Math.log((count + 0.5) / (pool.n - count + 0.5));
  },
};

/** Agreement weighted by how central each sample is: Σ_j w_j a_j / Σ_j w_j, w_j = 0.2 + its mean agreement with the others. */
export const agreeCentral: PoolFeature = {
  ...shared,
  name: 'agreeCentral',
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

/** How central the best rival is: the greatest mean agreement with other samples among those that disagree with the answer. */
export const rival: PoolFeature = {
  ...shared,
  towards: 'wrong',
  name: 'rival',
  of: (pool) => {
    let most = 0;
    for (let j = 0; j < pool.n; j++) {
      const central = pool.n > 1 ? pool.central[j] : 1;
      if (pool.agree[j] < 0.5 && central > most) most = central;
    }
    return most;
  },
};
