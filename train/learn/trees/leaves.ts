import { onGrid } from '../../../models/trees/trees.js';
import type { Binned } from './bins.js';
import type { Question } from './partition.js';

/** What a tree adds in each leaf, and the weight of the rows in it. */
interface Leaves {
  values: Float64Array;
  covers: Float64Array;
}

/**
 * Newton leaf values rate·Σg/(Σh + l2), on the grid, over all fit rows (the first ones of `leaf`), including those that
 * were not sampled to choose the questions. Source: Friedman 2001, sec. 4.5.
 */
export function newtonLeaves(
  leaf: Uint8Array,
  { g, h, w }: { g: Float64Array; h: Float64Array; w: Float64Array },
  { depth, l2, rate }: { depth: number; l2: number; rate: number },
): Leaves {
  const size = 1 << depth;
  const slopes = new Float64Array(size);
  const curvatures = new Float64Array(size);
  const covers = new Float64Array(size);
  for (let i = 0; i < g.length; i++) {
    slopes[leaf[i]] += g[i];
    curvatures[leaf[i]] += h[i];
    covers[leaf[i]] += w[i];
  }
  return { values: slopes.map((slope, k) => onGrid((rate * slope) / (curvatures[k] + l2))), covers };
}

/** Writes the leaf of every binned row: its answers are the bits of the leaf's number. */
export function leavesOf({ n, bins }: Binned, questions: Question[], leaf: Uint8Array): void {
  leaf.fill(0);
  questions.forEach(({ column, bin }, l) => {
    const binOf = bins.subarray(column * n, (column + 1) * n);
    for (let i = 0; i < n; i++) if (binOf[i] > bin) leaf[i] += 1 << l;
  });
}
