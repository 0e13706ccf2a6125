import type { Columns } from './columns.js';

/**
 * Columns divided into bins, column-major, one byte per cell. Columns that do not vary over the fit rows are left out.
 */
export interface Binned {
  /** The number of rows, and the bin of row i in the k-th column at k·n + i. Bin 0 is for missing values. */
  n: number;
  bins: Uint8Array;
  /** The index in x of the k-th column. */
  columns: Int32Array;
  /** Threshold b of column k separates bins ≤ b from bins > b: −∞ first, then the borders, float32. */
  thresholds: Float32Array[];
  /** Whether the k-th column is missing in some fit rows, so that its threshold 0 separates rows. */
  missing: boolean[];
}

/** Borders are chosen on at most this many rows. More would change a quantile by less than its own error. */
const MOST_SORTED = 20_000;

/**
 * Divides columns at borders chosen on `fit`, for the rows `fit` and then `stop`. A border is half-way between two
 * neighbouring values, so x > border in float32 gives the same result as bin > b. Time: sorting each column; memory:
 * n·width bytes.
 */
export function binned({ width, fill }: Columns, fit: Int32Array, stop: Int32Array, most: number): Binned {
  const n = fit.length + stop.length;
  const bins = new Uint8Array(n * width);
  const columns: number[] = [];
  const thresholds: Float32Array[] = [];
  const missing: boolean[] = [];
  const step = Math.ceil(fit.length / MOST_SORTED);
  const column = new Float32Array(n);
  const sample = new Float32Array(Math.ceil(fit.length / step));
  for (let j = 0; j < width; j++) {
    fill(j, fit, column);
    fill(j, stop, column.subarray(fit.length));
    let known = 0;
    for (let i = 0; i < fit.length; i += step) if (!Number.isNaN(column[i])) sample[known++] = column[i];
    const borders = bordersOf(sample.subarray(0, known).sort(), most);
    const lacks = known < sample.length;
    if (borders.length === 0 && (!lacks || known === 0)) continue;
    const at = Float32Array.from([Number.NEGATIVE_INFINITY, ...borders]);
    place(column, at, bins.subarray(columns.length * n, (columns.length + 1) * n));
    columns.push(j);
    thresholds.push(at);
    missing.push(lacks);
  }
  if (columns.length === 0) {
    columns.push(0); // nothing varies: all rows give the same answer to this question
    thresholds.push(Float32Array.of(Number.POSITIVE_INFINITY));
    missing.push(true);
  }
  return {
    n,
    bins: columns.length === width ? bins : bins.slice(0, columns.length * n),
    columns: Int32Array.from(columns),
    thresholds,
    missing,
  };
}

/**
 * At most `most` − 1 borders for sorted values: between all neighbours if there are that few. Otherwise a bin is closed
 * when it has its share of the remaining values, or when the next value alone fills one, so that a frequent value takes
 * one bin instead of many. A border is the float32 half-way to the next value, or the lower value if that is not below
 * the next.
 */
export function bordersOf(sorted: Float32Array, most: number): number[] {
  const starts = [0]; // the first index of each run of equal values
  for (let i = 1; i < sorted.length; i++) if (sorted[i] !== sorted[i - 1]) starts.push(i);
  const all = starts.length <= most;
  const borders: number[] = [];
  let from = 0;
  for (let r = 1; r < starts.length && borders.length < most - 1; r++) {
    const at = starts[r];
    const share = (sorted.length - from) / (most - borders.length);
    const next = (starts[r + 1] ?? sorted.length) - at;
    if (!all && at - from < share && next < share) continue;
    const half = Math.fround((sorted[at - 1] + sorted[at]) / 2);
    borders.push(half >= sorted[at - 1] && half < sorted[at] ? half : sorted[at - 1]);
    from = at;
  }
  return borders;
}

/** Bin of each value: the number of thresholds below it; 0 for missing values. */
function place(values: Float32Array, thresholds: Float32Array, bins: Uint8Array): void {
  for (let i = 0; i < values.length; i++) {
    let low = 0;
    let high = thresholds.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (values[i] > thresholds[middle]) low = middle + 1;
      else high = middle;
    }
    bins[i] = low;
  }
}
