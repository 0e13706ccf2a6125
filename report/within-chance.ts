import { plural } from '../support/words/plural.js';
import { count } from './numbers.js';
import type { SliceRow } from './results.js';

/** The probability outside the 99% range, on either side. */
const TAIL = 0.005;

/**
 * The range that contains the share of right answers of a slice 99 times in 100 if its mean probability p̄ is correct:
 * the central range of Binomial(g, p̄)/g. Each of the g questions counts once, because answers to one question are not
 * independent. It is exact at any size, and a little wide where probabilities differ within the slice (differences only
 * lower the variance). O(√g).
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

/** Whether the share of right answers is outside that range. */
export function isOff(row: SliceRow): boolean {
  const { low, high } = chanceRange(row);
  return row.right < low - 1e-9 || row.right > high + 1e-9;
}

/** The sentence for a report where all slices are within chance. */
export function noneOff(slices: number): string {
  return (
    `Of ${plural(slices, 'slice')} by model and task, none has a share of right answers that differs from its mean ` +
    'predicted probability by more than chance allows (99% range).'
  );
}

/** The sentence for a report where some slices are not. */
export function someOff(off: number, slices: number): string {
  return (
    `In ${count(off)} of ${plural(slices, 'slice')} the share of right answers differs from the mean predicted ` +
    'probability by more than chance allows (99% range).'
  );
}

/** The fewest steps outward from the mode that leave a probability of at most TAIL beyond them. */
function within(masses: number[], total: number): number {
  let beyond = 0;
  for (let k = masses.length - 1; k >= 0; k--) {
    beyond += masses[k] / total;
    if (beyond > TAIL) return k;
  }
  return 0;
}
