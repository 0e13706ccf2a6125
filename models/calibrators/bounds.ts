import type { Logits } from '../numbers.js';

/**
 * Smallest slope of a calibrated logit against the raw one. It keeps the order, so that calibration never reduces a
 * table to its base rate.
 */
export const LEAST_SLOPE = 1e-3;

/** Weight, in answers, of the prior towards no calibration. It decides only where the labels do not. */
export const TIE_BREAK = 2e-6;

/** σ(±FARTHEST) is 0 or 1 to the last bit of a float64. */
const FARTHEST = 40;

/** Logits clipped to ±40 for fitting. No probability changes, and an infinite logit causes no NaN. */
export function bounded(logits: Logits): Logits {
  return logits.map((z) => Math.min(Math.max(z, -FARTHEST), FARTHEST));
}
