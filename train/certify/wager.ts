import { normalQuantile } from '../../metrics/special/normal.js';
import { binomialTail, mostFailures, trialsFor } from './binomial-tail.js';
import type { Profile } from './outlook.js';

/** Above this many expected failures ahead the normal curve stands in for the binomial. */
export const MANY = 60;

/** A question's sum seen as one trial that fails with chance `q` and then weighs `size`: same mean and variance at error rate α. */
interface BinomialTrial {
  q: number;
  size: number;
}

export function trialOf({ mass, variance }: Profile, alpha: number): BinomialTrial {
  const drift = alpha * mass;
  const size = Math.min(1, Math.max(variance / drift + drift, drift * 1.01));
  return { q: drift / size, size };
}

/**
 * How much to bet on the next question. `v` is the stake: the chance, were the error rate α, to end certified with `left`
 * questions to go. The bet is that of the exact binomial test which has this chance: at most c failures in r of the trials
 * left. After a question the stake is v − bet · Σ w (error − α), which for all-or-nothing questions follows that very test.
 * Source: goal-reaching bets, as in Voráček & Orabona 2025 (STaR-Bets) and Kulldorff 1993, here with binomial tails.
 */
export function wager(v: number, left: number, { q, size }: BinomialTrial, alpha: number): number {
  return Math.min(v / (1 - alpha), unbounded(v, left, q, size));
}

function unbounded(v: number, left: number, q: number, size: number): number {
  if (left * q > MANY) {
    const z = normalQuantile(v);
    return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI) / (size * Math.sqrt(q * (1 - q) * left));
  }
  const c = mostFailures(left, q, v);
  if (c < 0) return v / (size * (1 - q));
  const r = trialsFor(left, q, c, v);
  return (binomialTail(r - 1, q, c) - binomialTail(r - 1, q, c - 1)) / size;
}
