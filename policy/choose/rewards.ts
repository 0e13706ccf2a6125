import type { Economy } from '../economy.js';
import type { Reward } from './induct.js';

/** Thresholds between the one that the prices alone ask for and the strictest. */
const STEPS = 20;
/** The strictest threshold leaves this share of errors at the threshold. */
const STRICTEST = 0.004;
/** A reward that is this many times steeper than the price of a wrong answer is the steepest. */
const STEEPEST = 30;

/** Thresholds from the one at which accepting pays at the given prices, up to the strictest. */
export function thresholdsOf({ wrong, stop }: Pick<Economy, 'wrong' | 'stop'>): number[] {
  const loosest = Math.max(2 * STRICTEST, Math.min(1, stop / wrong));
  const ratio = (STRICTEST / loosest) ** (1 / (STEPS - 1));
  return Array.from({ length: STEPS }, (_, i) => 1 - loosest * ratio ** i);
}

/**
 * Rewards to search, from the prices and the allowed error α. The cost of a policy with the constraint "error ≤ α among
 * accepted" has the Lagrangian wrong·(1 − p) + μ (1 − p − α) for an accepted answer, so its solutions accept from a
 * threshold t on, with the slope wrong + μ, μ = ((1 − t) wrong − stop) / (α − (1 − t)) (1). Stricter policies than any
 * solution, which few certify questions may need, come from a higher price of a wrong answer: slope stop / (1 − t).
 */
export function rewardsOf(economy: Pick<Economy, 'wrong' | 'stop'>, alpha: number): Reward[] {
  const { wrong, stop } = economy;
  const steepest = STEEPEST * wrong;
  return thresholdsOf(economy).flatMap((threshold): Reward[] => {
    const left = 1 - threshold;
    const mu = (left * wrong - stop) / (alpha - left); // (1)
    const slopes = [wrong, stop / left, ...(mu > 0 && Number.isFinite(mu) ? [wrong + mu] : [])];
    const capped = slopes.map((slope) => Math.min(steepest, Math.max(slope, stop)));
    return [...new Set(capped)].filter((slope) => slope > 0).map((slope) => ({ threshold, slope }));
  });
}
