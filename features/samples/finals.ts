import type { PoolFeature } from './in-pool.js';
import type { Pool } from './pool.js';

/** Number of samples with this final answer. */
function count({ finals, n }: Pool, final: number): number {
  let same = 0;
  for (let j = 1; j <= n; j++) if (finals[j] === final) same++;
  return same;
}

export const agreeFinal: PoolFeature = {
  towards: 'right',
  range: [0, 1],
  name: 'agreeFinal',
  shown: 'share',
  says:
    "Share of the samples whose final answer equals the answer's: " +
    'the same option, yes or no, or last number, else the same words.',
  source: 'Wang et al. 2023 (self-consistency), the vote over final answers; Xiong et al. 2024, section 3.4, eq. 1',
  of: (pool) => count(pool, pool.finals[0]) / pool.n,
};

export const rivalFinal: PoolFeature = {
  towards: 'wrong',
  range: [0, 1],
  name: 'rivalFinal',
  plain: 'Share of the samples with the most common other final answer',
  shown: 'share',
  says: 'The greatest share of samples that have the same other final answer.',
  of: (pool) => {
    const { finals, n } = pool;
    let most = 0;
    for (let j = 1; j <= n; j++) if (finals[j] !== finals[0]) most = Math.max(most, count(pool, finals[j]));
    return most / n;
  },
};

export const finalEntropy: PoolFeature = {
  towards: 'wrong',
  range: [0, Math.log(33)],
  name: 'finalEntropy',
  plain: 'Disagreement of the samples about the final answer',
  shown: 'entropy',
  says: 'Entropy over the final answers of the samples: −Σ_v (n_v / n) ln (n_v / n), in nats.',
  of: (pool) => {
    const { finals, n } = pool;
    let logs = 0;
    // each of the n_v samples adds one of the n_v terms
    for (let j = 1; j <= n; j++) logs += Math.log(n / count(pool, finals[j]));
    return logs / n;
  },
};
