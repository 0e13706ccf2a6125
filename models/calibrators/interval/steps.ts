import type { Logits } from '../../numbers.js';
import { bounded } from '../bounds.js';

/** Answers combined by logit, ascending: answers with the same logit are one step. */
interface Steps {
  /** Distinct logits. */
  z: number[];
  /** Weight of the answers of each step, and of the right ones among them. */
  weight: number[];
  right: number[];
}

/**
 * Combines answers by logit. An infinite logit becomes the largest one that matters; answers of weight 0 are left out.
 * O(n log n).
 */
export function stepsOf(logits: Logits, y: Float64Array, w: Float64Array): Steps {
  const near = bounded(logits);
  const order = Int32Array.from(near.keys())
    .filter((i) => w[i] > 0)
    .sort((i, j) => near[i] - near[j]);
  const z: number[] = [];
  const weight: number[] = [];
  const right: number[] = [];
  for (const i of order) {
    if (near[i] !== z[z.length - 1]) {
      z.push(near[i]);
      weight.push(0);
      right.push(0);
    }
    weight[weight.length - 1] += w[i];
    right[right.length - 1] += w[i] * y[i];
  }
  return { z, weight, right };
}
