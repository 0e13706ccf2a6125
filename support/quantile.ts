/** Quantile of ascending values with linear interpolation between neighbours (type 7 of Hyndman & Fan 1996). */
export function quantile(sorted: Float32Array | Float64Array, q: number): number {
  const place = q * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}

/**
 * The value that a share of the values exceeds: the ascending value at index ⌊(1 − share)·n⌋. It is one of the values
 * and not between two, because it is a threshold: at most this share is above it.
 */
export function exceededBy(values: Float64Array, share: number): number {
  const sorted = values.slice().sort();
  return sorted[Math.min(sorted.length - 1, Math.floor((1 - share) * sorted.length))];
}
