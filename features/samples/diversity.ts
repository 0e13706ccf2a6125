import { logCount } from '../stats.js';
import type { PoolFeature } from './in-pool.js';

export const sampleCount: PoolFeature = {
  towards: 'either',
  range: [0, 25],
  name: 'count',
  shown: 'count',
  says: 'Number of samples: ln(1 + n).',
  of: (pool) => logCount(pool.count),
};

export const among: PoolFeature = {
  towards: 'right',
  range: [0, 1],
  name: 'among',
  plain: 'Agreement of the samples with each other',
  shown: 'share',
  says: 'Mean agreement over all pairs of samples, without the answer. It shows how settled the question is.',
  unless: 'there are fewer than two samples',
  of: (pool) => pool.among,
};

export const majorityShare: PoolFeature = {
  towards: 'right',
  range: [0, 1],
  name: 'majorityShare',
  shown: 'share',
  says: 'Share of the samples that are in the largest cluster.',
  of: (pool) => greatest(pool.clusterSize, pool.clusters) / pool.n,
};

export const inMajority: PoolFeature = {
  towards: 'right',
  range: [0, 1],
  name: 'inMajority',
  shown: 'whether',
  says: 'Whether the answer is in a largest cluster of samples.',
  of: (pool) => (pool.clusterSize[pool.cluster[0]] === greatest(pool.clusterSize, pool.clusters) ? 1 : 0),
};

export const clusterShare: PoolFeature = {
  towards: 'right',
  range: [0, 1],
  name: 'clusterShare',
  shown: 'share',
  says: "Share of the samples that are in the answer's cluster.",
  of: (pool) => pool.clusterSize[pool.cluster[0]] / pool.n,
};

export const distinctShare: PoolFeature = {
  towards: 'wrong',
  range: [0, 1],
  name: 'distinctShare',
  plain: 'Different answers among the samples, as a share of their number',
  shown: 'share',
  says: 'Number of clusters that contain a sample, divided by the number of samples.',
  of: (pool) => {
    let clusters = 0;
    for (let c = 0; c < pool.clusters; c++) if (pool.clusterSize[c] > 0) clusters++;
    return clusters / pool.n;
  },
};

/**
 * Clusters are those of the record where it gives them, else they come from lexical agreement, which may join samples
 * through the answer. `samples.semanticEntropy` leaves the answer out.
 */
export const clusterEntropy: PoolFeature = {
  towards: 'wrong',
  range: [0, Math.log(33)],
  name: 'clusterEntropy',
  plain: 'Disagreement of the samples',
  shown: 'entropy',
  says:
    'Entropy over the clusters of samples: −Σ_c (n_c / n) ln (n_c / n), in nats. Samples that agree with the answer are ' +
    'in its cluster, also where they disagree with each other.',
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
