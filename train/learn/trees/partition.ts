import type { Binned } from './bins.js';

/** A question: the k-th binned column, bin above `bin`. */
export interface Question {
  column: number;
  bin: number;
}

/** The sampled rows of a growing tree, those of a leaf side by side, with what is summed over them. */
export interface Partition {
  rows: Int32Array;
  /** Weight · (y − p), the downhill slope of the loss, and what the score divides by. */
  g: Float64Array;
  h: Float64Array;
  /** Where the rows of each leaf start, and how many they are. */
  from: Int32Array;
  counts: Int32Array;
  /** Starts a tree on the first `count` rows of `rows`, `g` and `h`, just filled. */
  begin(count: number): void;
  /** Puts the question to each of `leaves` leaves: rows that answer yes go to leaf + leaves. */
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

  /** Rows that answer no come first, the order kept; gives their number. */
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
