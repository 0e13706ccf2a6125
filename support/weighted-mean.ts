/** Σ w·x / Σ w; NaN where the weights add up to 0. */
export function weightedMean(values: ArrayLike<number>, weights: ArrayLike<number>): number {
  let sum = 0;
  let weight = 0;
  for (let i = 0; i < values.length; i++) {
    sum += weights[i] * values[i];
    weight += weights[i];
  }
  return sum / weight;
}
