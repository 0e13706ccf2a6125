import type { Trees } from './trees.js';

/** Trees without what only training and reasons need. */
export type RowTrees = Omit<Trees, 'covers'>;

/**
 * Prepares trees for one row at a time: (row [width]) → logit. Each different question is put once, level by level its answer
 * goes to the trees that ask it; rising thresholds of a column end at the first no.
 */
export function treesOfRow(trees: RowTrees): (row: Float32Array) => number {
  const { depth, columns, thresholds, leaves, bias } = trees;
  const count = columns.length / depth;
  const code = new Int32Array(count);
  const order = Int32Array.from(columns.keys()).sort(
    (a, b) => columns[a] - columns[b] || thresholds[a] - thresholds[b] || a - b,
  );
  const sorted = new Float32Array(order.length);
  const yes = new Int32Array(order.length); // tree · 256 + what a yes adds to its leaf
  const asked: number[] = [];
  const ends: number[] = [];
  order.forEach((k, at) => {
    sorted[at] = thresholds[k];
    yes[at] = (Math.floor(k / depth) << 8) | (1 << (k % depth));
    if (asked.at(-1) !== columns[k]) {
      asked.push(columns[k]);
      ends.push(at);
    }
    ends[ends.length - 1] = at + 1;
  });
  const column = Int32Array.from(asked);
  const end = Int32Array.from(ends);
  return (row) => {
    for (let t = 0; t < count; t++) code[t] = t << depth;
    let at = 0;
    for (let c = 0; c < column.length; c++) {
      const value = row[column[c]];
      const last = end[c];
      for (; at < last && value > sorted[at]; at++) code[yes[at] >> 8] += yes[at] & 255;
      at = last;
    }
    let z = bias;
    for (let t = 0; t < count; t++) z += leaves[code[t]];
    return z;
  };
}
