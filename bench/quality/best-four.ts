import { logit, sigmoid } from '../../models/numbers.js';
import type { Prediction } from './peers.js';

const FOUR = 4;

/** The name of the mean in tables, which shows if there are fewer than four peers. */
export function bestFourName(peers: number): string {
  return peers < FOUR ? `logit mean of ${peers} peers` : 'logit mean of the best four';
}

/**
 * The mean logit of the best four peers of each task: the four with the least log-loss on the task's first inner fold.
 * Held-out rows do not influence the choice. Returns each task's probabilities.
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
