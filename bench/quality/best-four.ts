import { logit, sigmoid } from '../../models/numbers.js';
import type { Prediction } from './peers.js';

const FOUR = 4;

/** What the mean is called in tables; it says so where there are fewer than four peers. */
export function bestFourName(peers: number): string {
  return peers < FOUR ? `logit mean of ${peers} peers` : 'logit mean of the best four';
}

/**
 * The logit mean of the best four peers, task by task: the four of least log-loss on that task's first inner fold. Held
 * rows take no part in the choice. Returns each task's probabilities.
 */
export function bestFour(peers: Prediction[][]): Float64Array[] {
  return peers[0].map((_, task) => {
    const best = peers
      .map((peer) => peer[task])
      .sort((a, b) => (a.inner ?? Number.POSITIVE_INFINITY) - (b.inner ?? Number.POSITIVE_INFINITY))
      .slice(0, FOUR);
    return Float64Array.from(best[0].probability, (_, i) =>
      sigmoid(best.reduce((sum, { probability }) => sum + logit(probability[i]), 0) / best.length),
    );
  });
}
