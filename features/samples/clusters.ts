import type { Sample } from '../../data/record.js';
import { maxOf } from '../../support/extremes.js';

/** Texts that are put into clusters: text 0 is the answer, text j is `samples[j − 1]`. */
interface Clustered {
  readonly n: number;
  readonly samples: readonly Sample[];
  /** How far the answer and sample j agree, at [j − 1]. */
  readonly agree: Float64Array;
  readonly cluster: Int32Array;
  readonly clusterSize: Int32Array;
  clusters: number;
  same(i: number, j: number): number;
}

/** Texts that agree at least so far are one cluster. */
export const SAME_CLUSTER = 2 / 3;

/**
 * Clusters of texts that give the same answer. Where every sample carries a `cluster` those are taken, and the answer
 * joins the cluster of the sample it agrees with best (from 2/3 on), else stands alone. Otherwise clusters are the
 * connected components of pairs that agree by 2/3. Independent of the order of samples. Cost: pairs.
 * It differs from the sets of Kuhn et al. 2023 (semantic/sets.ts), which leave the answer out.
 */
export function assignClusters(pool: Clustered): void {
  const { n, cluster, samples, clusterSize } = pool;
  cluster.fill(-1, 0, n + 1);
  const given = samples.every((sample) => sample.cluster != null);
  pool.clusters = given ? takeGiven(pool) : connect(pool);
  clusterSize.fill(0, 0, pool.clusters);
  for (let j = 1; j <= n; j++) clusterSize[cluster[j]]++;
}

function takeGiven(pool: Clustered): number {
  const { n, cluster, samples } = pool;
  const names = new Map<number | string, number>();
  for (let j = 1; j <= n; j++) {
    const name = samples[j - 1].cluster!;
    if (!names.has(name)) names.set(name, names.size);
    cluster[j] = names.get(name)!;
  }
  // the answer goes with the cluster that agrees most as a whole among the samples it agrees with best
  let best = 0;
  for (let j = 1; j <= n; j++) if (pool.agree[j - 1] > best) best = pool.agree[j - 1];
  if (best < SAME_CLUSTER) {
    cluster[0] = names.size;
    return names.size + 1;
  }
  const votes = new Int32Array(names.size);
  for (let j = 1; j <= n; j++) if (pool.agree[j - 1] === best) votes[cluster[j]]++;
  cluster[0] = votes.indexOf(maxOf(votes));
  return names.size;
}

function connect(pool: Clustered): number {
  const { n, cluster } = pool;
  let clusters = 0;
  for (let i = 0; i <= n; i++) {
    if (cluster[i] !== -1) continue;
    spread(pool, i, clusters++);
  }
  return clusters;
}

/** Gives text i and all that agree with it, directly or through others, one number. */
function spread(pool: Clustered, first: number, number: number): void {
  const { n, cluster } = pool;
  const reached = [first];
  cluster[first] = number;
  for (let i = reached.pop(); i !== undefined; i = reached.pop()) {
    for (let j = 0; j <= n; j++) {
      if (cluster[j] !== -1 || pool.same(i, j) < SAME_CLUSTER) continue;
      cluster[j] = number;
      reached.push(j);
    }
  }
}
