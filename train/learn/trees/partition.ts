import type { Binned } from './bins.js';

/** A question: whether the bin in the k-th binned column is above `bin`. */
export interface Question {
  column: number;
  bin: number;
}

/** The sampled rows of a growing tree, ordered by leaf, with the values that are summed over them. */
export interface Partition {
  rows: Int32Array;
  /** Weight · (y − p), the negative gradient of the loss, and the weights in the denominator of the score. */
  g: Float64Array;
  h: Float64Array;
  /** The index of each leaf's first row, and the number of its rows. */
  from: Int32Array;
  counts: Int32Array;
  /** Starts a tree on the first `count` rows of `rows`, `g` and `h`, which the caller has filled. */
  begin(count: number): void;
  /** Divides each of `leaves` leaves by the question: rows that answer yes go to leaf + leaves. */
  split(question: Question, leaves: number): void;
}

/** A partition with room for `most` rows and the 2^(depth − 1) leaves of the last question. */
export function partitionFor({ n, bins }: Binned, most: number, depth: number): Partition {
  const rows = new Int32Array(most);
  const g = new Float64Array(most);
  const h = new Float64Array(most);
  const aside = { rows: new Int32Array(most), g: new Float64Array(most), h: new Float64Array(most) };
  const from = new Int32Array(1 << (depth - 1));
  const counts = new Int32Array(1 << (depth - 1));

  /** Puts rows that answer no first and keeps the order. Returns their number. */
  function part(start: number, end: number, { column, bin }: Question): number {
    let no = start;
    let yes = 0;
    for (let i = start; i < end; i++) {
      const row = rows[i];
      if (bins[column * n + row] > bin) {
        aside.rows[yes] = row;
        aside.g[yes] = g[i];
        aside.h[yes++] = h[i];
      } else {
        rows[no] = row;
        g[no] = g[i];
        h[no++] = h[i];
      }
    }
    rows.set(aside.rows.subarray(0, yes), no);
    g.set(aside.g.subarray(0, yes), no);
    h.set(aside.h.subarray(0, yes), no);
    return no - start;
  }

  return {
    rows,
    g,
    h,
    from,
    counts,
    begin: (count) => {
      from[0] = 0;
      counts[0] = count;
    },
    split: (question, leaves) => {
      for (let leaf = 0; leaf < leaves; leaf++) {
        const all = counts[leaf];
        counts[leaf] = part(from[leaf], from[leaf] + all, question);
        from[leaf + leaves] = from[leaf] + counts[leaf];
        counts[leaf + leaves] = all - counts[leaf];
      }
    },
  };
}
