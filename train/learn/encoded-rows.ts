/** Encoded rows x [n, d] row-major, labels y in [0, 1], weights w with mean about 1. */
export interface EncodedRows {
  x: Float32Array;
  y: Float64Array;
  w: Float64Array;
}

/** Weighted share right. */
export function baseRate({ y, w }: Pick<EncodedRows, 'y' | 'w'>): number {
  let sum = 0;
  let weight = 0;
  for (let i = 0; i < y.length; i++) {
    sum += w[i] * y[i];
    weight += w[i];
  }
  return sum / weight;
}
