import type { PoolFeature } from './in-pool.js';
import type { Pool } from './pool.js';

/** Samples that come to one thing. */
function count({ finals, n }: Pool, final: number): number {
  let same = 0;
  for (let j = 1; j <= n; j++) if (finals[j] === final) same++;
  return same;
}

/**
 * Share of samples that come to what the answer comes to, whatever is said on the way: the same option, yes or no, or last
 * number; else the same words. Source: Wang et al. 2023 (self-consistency), the vote over final answers.
 */
export const agreeFinal: PoolFeature = {
  towards: 'right',
  range: [0, 1],
  name: 'agreeFinal',
  of: (pool) => count(pool, pool.finals[0]) / pool.n,
};

/** The greatest share of samples that come to one other thing. */
export const rivalFinal: PoolFeature = {
  towards: 'wrong',
  range: [0, 1],
  name: 'rivalFinal',
  of: (pool) => {
    const { finals, n } = pool;
    let most = 0;
    for (let j = 1; j <= n; j++) if (finals[j] !== finals[0]) most = Math.max(most, count(pool, finals[j]));
    return most / n;
  },
};

/** Entropy over what the samples come to: −Σ_v (n_v / n) ln (n_v / n), nats. */
export const finalEntropy: PoolFeature = {
  towards: 'wrong',
  range: [0, Math.log(33)],
  name: 'finalEntropy',
  of: (pool) => {
    const { finals, n } = pool;
    let logs = 0;
    // each of the n_v samples adds one of the n_v terms
    for (let j = 1; j <= n; j++) logs += Math.log(n / count(pool, finals[j]));
    return logs / n;
  },
};
