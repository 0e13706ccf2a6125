import { normalQuantile } from '../special/normal.js';

/**
 * Wilson score interval of a share seen in n trials (n is an effective number and may be fractional). It stays inside
 * [0, 1] and is accurate near 0 and 1. For n = 0 it is [0, 1]. Source: Wilson 1927.
 */
export function wilson(share: number, n: number, level = 0.95): { low: number; high: number } {
  if (!(n > 0)) return { low: 0, high: 1 };
  const z = normalQuantile((1 + level) / 2);
  const middle = (share + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
