import { logCount } from '../stats.js';
import type { PoolFeature } from './in-pool.js';

/** Samples: ln(1 + n). */
export const sampleCount: PoolFeature = {
  towards: 'either',
  range: [0, 25],
  name: 'count',
  of: (pool) => logCount(pool.count),
};

/** Mean agreement over all pairs of samples, without the answer: how settled the question is. */
export const among: PoolFeature = {
  towards: 'right',
  range: [0, 1],
  name: 'among',
  unless: 'fewer than two samples',
  of: (pool) => pool.among,
};

/** Share of samples in the largest cluster. */
export const majorityShare: PoolFeature = {
  towards: 'right',
  range: [0, 1],
  name: 'majorityShare',
  of: (pool) => greatest(pool.clusterSize, pool.clusters) / pool.n,
};

/** Whether the answer stands in a largest cluster of samples. */
export const inMajority: PoolFeature = {
  towards: 'right',
  range: [0, 1],
  name: 'inMajority',
  of: (pool) => (pool.clusterSize[pool.cluster[0]] === greatest(pool.clusterSize, pool.clusters) ? 1 : 0),
};

/** Share of samples in the answer's cluster. */
export const clusterShare: PoolFeature = {
  towards: 'right',
  range: [0, 1],
  name: 'clusterShare',
  of: (pool) => pool.clusterSize[pool.cluster[0]] / pool.n,
};

/** Distinct answers as a share of samples: clusters that hold a sample, over samples. Range (0, 1]. */
export const distinctShare: PoolFeature = {
  towards: 'wrong',
  range: [0, 1],
  name: 'distinctShare',
  of: (pool) => {
    let clusters = 0;
    for (let c = 0; c < pool.clusters; c++) if (pool.clusterSize[c] > 0) clusters++;
    return clusters / pool.n;
  },
};

/**
 * Entropy over clusters of samples: −Σ_c (n_c / n) ln (n_c / n), nats. Source: Farquhar et al. 2024, discrete semantic
 * entropy; clusters given in the record, else lexical.
 */
export const clusterEntropy: PoolFeature = {
  towards: 'wrong',
  range: [0, Math.log(33)],
  name: 'clusterEntropy',
  of: (pool) => {
    let entropy = 0;
    for (let c = 0; c < pool.clusters; c++) {
      const p = pool.clusterSize[c] / pool.n;
      if (p > 0) entropy -= p * Math.log(p);
    }
    return entropy;
  },
};

function greatest(sizes: Int32Array, n: number): number {
  let most = 0;
  for (let c = 0; c < n; c++) if (sizes[c] > most) most = sizes[c];
  return most;
}
