import type { SliceRow } from './data.js';

/** z of a two-sided 99% range. */
const Z99 = 2.5758;
/** Fewest right and fewest wrong answers expected for the normal range to mean anything. */
const EXPECTED = 5;

/**
 * Is the share right of a slice within what chance allows around its mean probability p̄? The 99% range is p̄ ± z √(p̄(1−p̄)/g)
 * with each of the g questions counted once, since answers to one question are not independent; it is a little wide where
 * probabilities differ within the slice. `null`: too few questions to tell. Source: score test (Wilson 1927).
 */
export function chanceRange({ meanProbability, groups }: SliceRow): { low: number; high: number } | null {
  if (!(groups * Math.min(meanProbability, 1 - meanProbability) >= EXPECTED)) return null;
  const half = Z99 * Math.sqrt((meanProbability * (1 - meanProbability)) / groups);
  return { low: Math.max(0, meanProbability - half), high: Math.min(1, meanProbability + half) };
}

/** `off` where the share right lies outside that range, `few` where it cannot be told. */
export function standing(row: SliceRow): 'off' | 'within' | 'few' {
  const range = chanceRange(row);
  if (range === null) return 'few';
  return row.right < range.low || row.right > range.high ? 'off' : 'within';
}
