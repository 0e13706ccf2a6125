import type { SliceRow } from './results.js';

/** What is left outside the 99% range, on either side. */
const TAIL = 0.005;

/**
 * Where the share right of a slice lies 99 times in 100 if its mean probability p̄ is true: the central range of
 * Binomial(g, p̄)/g with each of the g questions counted once, since answers to one question are not independent. Exact at
 * any size, a little wide where probabilities differ within the slice (their spread only lowers the variance). O(√g).
 */
export function chanceRange({ meanProbability: p, groups: g }: SliceRow): { low: number; high: number } {
  if (!(g > 0) || !(p > 0 && p < 1)) return { low: g > 0 ? p : 0, high: g > 0 ? p : 1 };
  const mode = Math.min(g, Math.floor((g + 1) * p));
  const odds = p / (1 - p);
  const up = [1];
  for (let k = mode; k < g && up[up.length - 1] > 1e-14; k++) up.push((up[up.length - 1] * (g - k) * odds) / (k + 1));
  const down = [1];
  for (let k = mode; k > 0 && down[down.length - 1] > 1e-14; k--) {
    down.push((down[down.length - 1] * k) / ((g - k + 1) * odds));
  }
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  const total = sum(up) + sum(down) - 1;
  return { low: (mode - within(down, total)) / g, high: (mode + within(up, total)) / g };
}

/** `off` where the share right lies outside that range. */
export function isOff(row: SliceRow): boolean {
  const { low, high } = chanceRange(row);
  return row.right < low - 1e-9 || row.right > high + 1e-9;
}

/** How many steps from the mode outward leave at most TAIL beyond. */
function within(masses: number[], total: number): number {
  let beyond = 0;
  for (let k = masses.length - 1; k >= 0; k--) {
    beyond += masses[k] / total;
    if (beyond > TAIL) return k;
  }
  return 0;
}
