import { weightedMean } from '../../support/weighted-mean.js';

/** Encoded rows x [n, d] row-major, labels y in [0, 1], weights w with mean about 1. */
export interface EncodedRows {
  x: Float32Array;
  y: Float64Array;
  w: Float64Array;
}

/** The same rows, whose numbers are read when a batch needs them: `read` writes row i to `x[at … at + d)`. */
export interface StreamedRows extends Pick<EncodedRows, 'y' | 'w'> {
  read(i: number, x: Float32Array, at: number): void;
}

/** The numbers of rows `at(0) … at(n − 1)`, [n, d] row-major. */
export function numbersOf(
  rows: Pick<EncodedRows, 'x'> | Pick<StreamedRows, 'read'>,
  d: number,
  n: number,
  at: (i: number) => number,
): Float32Array {
  const x = new Float32Array(n * d);
  for (let i = 0; i < n; i++) {
    const row = at(i);
    if ('read' in rows) rows.read(row, x, i * d);
    else x.set(rows.x.subarray(row * d, row * d + d), i * d);
  }
  return x;
}

/** Weighted share of right answers. */
export function baseRate({ y, w }: Pick<EncodedRows, 'y' | 'w'>): number {
  return weightedMean(y, w);
}
