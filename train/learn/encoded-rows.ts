import { weightedMean } from '../../support/weighted-mean.js';

/** Encoded rows x [n, d] row-major, labels y in [0, 1], weights w with mean about 1. */
export interface EncodedRows {
  x: Float32Array;
  y: Float64Array;
  w: Float64Array;
}

/** Weighted share of right answers. */
export function baseRate({ y, w }: Pick<EncodedRows, 'y' | 'w'>): number {
  return weightedMean(y, w);
}
