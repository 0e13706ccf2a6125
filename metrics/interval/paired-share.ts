import { normalQuantile } from '../special/normal.js';
import { effectiveNumber } from './effective-number.js';
import type { Estimate } from './interval.js';

/**
 * The mean of paired differences of shares, each in [−1, 1] and one per question, with its interval: half an
 * observation is added to each of the four pairs (0, 0), (0, 1), (1, 0), (1, 1), so that the interval is not a point
 * if no pair differs. With weights, n is the effective number of pairs. `value` is the plain mean; null without pairs.
 * Source: Agresti & Min 2005, "Simple improved
 * confidence intervals for comparing matched proportions", the adjusted Wald interval.
 */
export function pairedShare(
  differences: Float64Array,
  { weight, level = 0.95 }: { weight?: Float64Array; level?: number } = {},
): Estimate {
  const n = weight === undefined ? differences.length : effectiveNumber(weight);
  if (n === 0) return { value: null, low: null, high: null };
  let sum = 0;
  let squares = 1; // half an observation of +1, half of −1
  const scale = weight === undefined ? 1 : n / weight.reduce((total, w) => total + w, 0);
  differences.forEach((difference, i) => {
    const times = weight === undefined ? 1 : weight[i] * scale;
    sum += times * difference;
    squares += times * difference * difference;
  });
  const pairs = n + 2;
  const middle = sum / pairs;
  const error = Math.sqrt((squares / pairs - middle * middle) / pairs);
  const reach = normalQuantile((1 + level) / 2) * error;
  return { value: sum / n, low: Math.max(-1, middle - reach), high: Math.min(1, middle + reach) };
}
