/** The greatest of some numbers; −∞ of none, NaN where one is. A loop: `Math.max(...values)` fails beyond some 120,000. */
export function maxOf(values: ArrayLike<number>): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) most = Math.max(most, values[i]);
  return most;
}

/** The least of some numbers; ∞ of none, NaN where one is. */
export function minOf(values: ArrayLike<number>): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < values.length; i++) least = Math.min(least, values[i]);
  return least;
}
