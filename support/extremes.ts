/**
 * The largest number; −∞ of none, NaN if one is NaN. A loop, because `Math.max(...values)` fails with more than about
 * 120,000.
 */
export function maxOf(values: ArrayLike<number>): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) most = Math.max(most, values[i]);
  return most;
}

/** The smallest number; ∞ of none, NaN if one is NaN. */
export function minOf(values: ArrayLike<number>): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < values.length; i++) least = Math.min(least, values[i]);
  return least;
}
