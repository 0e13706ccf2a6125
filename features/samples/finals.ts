import type { PoolFeature } from './in-pool.js';
import type { Pool } from './pool.js';

/** What text i comes to, as one number: its option, its yes or no, its last number, else all its words. */
function finalOf({ gists }: Pool, i: number): number {
  const { option, polarity, number, exact } = gists[i];
  return option >= 0 ? option : polarity >= 0 ? 100 + polarity : number !== 0 ? number : exact;
}

/** Samples that come to the same as text i, the answer not counted. */
function count(pool: Pool, i: number): number {
  const final = finalOf(pool, i);
  let same = 0;
  for (let j = 1; j <= pool.n; j++) if (finalOf(pool, j) === final) same++;
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
  of: (pool) => count(pool, 0) / pool.n,
};

/** The greatest share of samples that come to one other thing. */
export const rivalFinal: PoolFeature = {
  towards: 'wrong',
  range: [0, 1],
  name: 'rivalFinal',
  of: (pool) => {
    const own = finalOf(pool, 0);
    let most = 0;
    for (let j = 1; j <= pool.n; j++) if (finalOf(pool, j) !== own) most = Math.max(most, count(pool, j));
    return most / pool.n;
  },
};

/** Entropy over what the samples come to: −Σ_v (n_v / n) ln (n_v / n), nats. */
export const finalEntropy: PoolFeature = {
  towards: 'wrong',
  range: [0, Math.log(33)],
  name: 'finalEntropy',
  of: (pool) => {
    let entropy = 0;
    // each of the n_v samples adds its share of n_v / n
    for (let j = 1; j <= pool.n; j++) entropy -= Math.log(count(pool, j) / pool.n) / pool.n;
    return Math.max(0, entropy);
  },
};
