import type { RowTrees } from '../../models/trees/read.js';
import { pad, type Space } from './space.js';

/** Places of trees in memory, counted in numbers: see `trees` in the kernel. */
export interface PlannedTrees {
  columns: number;
  thresholds: number;
  leaves: number;
  depth: number;
  groups: number;
}

/**
 * Places trees in memory in groups of four; the last group is filled up with trees of zeros. `placeOf` gives the place
 * of a column's number.
 */
export function planTrees(
  { depth, columns, thresholds, leaves }: RowTrees,
  space: Space,
  placeOf: (column: number) => number,
): PlannedTrees {
  const count = columns.length / depth;
  if (thresholds.length !== columns.length || leaves.length !== count * 2 ** depth)
    throw new RangeError("the constants of the model's trees do not fit together");
  const padded = pad(count, 4);
  const addresses = new Int32Array(padded * depth);
  for (let k = 0; k < columns.length; k++) addresses[k] = 4 * placeOf(columns[k]);
  const bounds = new Float32Array(padded * depth);
  bounds.set(thresholds);
  const values = new Float32Array(padded << depth);
  values.set(leaves);
  return {
    columns: space.put(addresses),
    thresholds: space.put(bounds),
    leaves: space.put(values),
    depth,
    groups: padded / 4,
  };
}
