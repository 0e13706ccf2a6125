import type { Logits } from '../../models/numbers.js';
import { countOf, type Trees } from '../../models/trees/trees.js';

/** Logits of rows x [n, width], NaN = missing. Computed tree by tree, which is fast for many rows. */
export function applyTrees(trees: Trees, x: Float32Array, width: number): Logits {
  const { depth, columns, thresholds, leaves, bias } = trees;
  const n = x.length / width;
  const z = new Float64Array(n).fill(bias);
  for (let t = 0; t < countOf(trees); t++) {
    for (let i = 0; i < n; i++) {
      let leaf = 0;
      for (let l = 0; l < depth; l++) {
        if (x[i * width + columns[t * depth + l]] > thresholds[t * depth + l]) leaf += 1 << l;
      }
      z[i] += leaves[(t << depth) + leaf];
    }
  }
  return z;
}
