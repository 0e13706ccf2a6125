/**
 * Oblivious trees: every level of a tree asks one question for all its nodes, "is column c above t?". The answers of a
 * row are the binary digits of its leaf's index; level l is worth 2^l. A missing value answers no; t = −∞ asks "is it
 * recorded?". Source: Kohavi 1994 (oblivious decision graphs); boosted: Prokhorenkova et al. 2018 (CatBoost), sec. 4.
 */
export interface Trees {
  depth: number;
  /** Column and threshold of each question, tree by tree: [T·depth]. */
  columns: Int32Array;
  thresholds: Float32Array;
  /** Logit that each leaf adds, tree by tree, on the grid of `onGrid`: [T·2^depth]. */
  leaves: Float32Array;
  /** Logit of a row before any tree, on the grid. */
  bias: number;
  /** Weight of the training rows in each leaf, used for contributions: [T·2^depth]. */
  covers: Float32Array;
}

const GRID = 2 ** 20;

/**
 * Rounds a logit to a multiple of 2^−20. Sums of such numbers are exact in float32 in any order as long as they stay
 * inside ±16, so the graph and every other way of evaluating the trees agree to the last bit.
 */
export function onGrid(logit: number): number {
  return Math.round(logit * GRID) / GRID;
}

export function countOf({ columns, depth }: Pick<Trees, 'columns' | 'depth'>): number {
  return columns.length / depth;
}

/**
 * One ensemble whose logit is the mean of the members' logits (rounded to the grid): their trees side by side, leaves
 * and bias divided by the number of members.
 */
export function meanOfTrees(members: Trees[]): Trees {
  const { depth } = members[0];
  if (members.some((member) => member.depth !== depth))
    throw new RangeError('trees of different depths cannot be averaged');
  const share = (value: number) => onGrid(value / members.length);
  return {
    depth,
    columns: Int32Array.from(members.flatMap(({ columns }) => [...columns])),
    thresholds: Float32Array.from(members.flatMap(({ thresholds }) => [...thresholds])),
    leaves: Float32Array.from(members.flatMap(({ leaves }) => [...leaves].map(share))),
    bias: share(members.reduce((sum, { bias }) => sum + bias, 0)),
    covers: Float32Array.from(members.flatMap(({ covers }) => [...covers])),
  };
}

/** Trees whose logit is `by` times that of the given trees, rounded to the grid. */
export function scaledTrees<T extends Pick<Trees, 'leaves' | 'bias'>>(trees: T, by: number): T {
  return { ...trees, leaves: trees.leaves.map((leaf) => onGrid(leaf * by)), bias: onGrid(trees.bias * by) };
}
