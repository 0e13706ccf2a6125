import { normalCdf } from './normal.js';

const REACH = 8.5;
const PER_UNIT = 256;
const table = Float64Array.from({ length: 2 * REACH * PER_UNIT + 2 }, (_, i) => normalCdf(i / PER_UNIT - REACH));

/**
 * Φ(x) from a table with linear interpolation between points 1/256 apart, for millions of calls. Absolute error below
 * 5e-7.
 */
export function quickNormalCdf(x: number): number {
  const place = (Math.min(Math.max(x, -REACH), REACH) + REACH) * PER_UNIT;
  const below = Math.floor(place);
  return table[below] + (place - below) * (table[below + 1] - table[below]);
}
