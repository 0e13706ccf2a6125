import { expect, it } from 'vitest';
import { assignClusters } from '../../../features/samples/clusters.js';
import type { Pool } from '../../../features/samples/pool.js';

/** Texts of which each agrees with its neighbours alone: one cluster, found through all of them. */
function chain(n: number): Pool {
  const samples = Array.from({ length: n }, () => ({ answer: 'x' }));
  const cluster = new Int32Array(n + 1);
  const same = (i: number, j: number) => (Math.abs(i - j) <= 1 ? 1 : 0);
  return { n, samples, cluster, clusterSize: new Int32Array(n + 1), clusters: 0, same } as unknown as Pool;
}

it('joins texts that agree through thousands of others, without a call for each', () => {
  const pool = chain(15_000);
  assignClusters(pool);
  expect(pool.clusters).toBe(1);
  expect(pool.clusterSize[0]).toBe(15_000);
  expect(pool.cluster.every((number) => number === 0)).toBe(true);
});

it('numbers clusters by their first text', () => {
  const pool = chain(5);
  const parts = [0, 1, 0, 2, 1, 0];
  (pool as { same: unknown }).same = (i: number, j: number) => (parts[i] === parts[j] ? 0.7 : 0.6);
  assignClusters(pool);
  expect([...pool.cluster]).toEqual(parts);
  expect([...pool.clusterSize.subarray(0, 3)]).toEqual([2, 2, 1]);
});
