import { normalQuantile } from '../../metrics/special/normal.js';
import { binomialTail, mostFailures, trialsFor } from './binomial-tail.js';
import type { Profile } from './outlook.js';

/** With more expected failures than this in the remaining questions, the normal distribution replaces the binomial. */
export const MANY = 60;

/**
 * A question's sum as one trial that fails with probability `q` and then weighs `size`: same mean and variance at rate
 * α.
 */
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
 * How much to bet on the next question. `v` is the stake: the probability of certification at error rate α with `left`
 * remaining questions. The bet is that of the exact binomial test with this probability: at most c failures in r of the
 * remaining trials. After a question the stake is v − bet · Σ w (error − α). If each question is all right or all
 * wrong, this is the binomial test itself. Source: goal-reaching bets, as in Voráček & Orabona 2025 (STaR-Bets) and
 * Kulldorff 1993, here with binomial tails.
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
