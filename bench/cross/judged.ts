import { descending } from '../../metrics/ranking/order.js';
import type { Drawable } from './population.js';

/** What was certified, compared with the truth; null where nothing was certified. */
export type Outcome = { coverage: number; risk: number } | null;

/** The exact weight that a predictor accepts in the population at each threshold, and the wrong part of it. */
export interface Judged {
  /** Probabilities in descending order, and the cumulative weights as shares of all. */
  falling: Float64Array;
  accepted: Float64Array;
  wrong: Float64Array;
}

export function judge({ chance, weight }: Drawable, probability: Float64Array): Judged {
  const order = descending(probability);
  const total = weight.reduce((sum, w) => sum + w, 0);
  const accepted = new Float64Array(order.length);
  const wrong = new Float64Array(order.length);
  let [a, b] = [0, 0];
  order.forEach((row, i) => {
    accepted[i] = a += weight[row] / total;
    wrong[i] = b += (weight[row] * (1 - chance[row])) / total;
  });
  return { falling: Float64Array.from(order, (row) => probability[row]), accepted, wrong };
}

/** The number of descending probabilities at or above a threshold. */
function countAbove(falling: Float64Array, threshold: number): number {
  let [low, high] = [0, falling.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (falling[middle] >= threshold) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Predictors with their thresholds, one at random for each question; null where nothing is accepted. */
export function outcome(used: readonly { judged: Judged; threshold: number }[]): Outcome {
  let [coverage, wrong] = [0, 0];
  for (const { judged, threshold } of used) {
    const n = countAbove(judged.falling, threshold);
    if (n === 0) continue;
    coverage += judged.accepted[n - 1] / used.length;
    wrong += judged.wrong[n - 1] / used.length;
  }
  return coverage === 0 ? null : { coverage, risk: wrong / coverage };
}

/** The greatest coverage that is possible if the true errors of the scores are known. */
export function possible({ accepted, wrong }: Judged, alpha: number): number {
  for (let i = accepted.length - 1; i >= 0; i--) if (wrong[i] <= alpha * accepted[i]) return accepted[i];
  return 0;
}
