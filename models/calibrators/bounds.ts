import type { Logits } from '../numbers.js';

/** Least slope of a calibrated logit against the raw one: order is kept, a table is never flattened to its base rate. */
export const LEAST_SLOPE = 1e-3;

/** Weight of the pull to no calibration in a fit, in answers: it decides where the labels cannot. */
export const TIE_BREAK = 2e-6;

/** σ(±FARTHEST) is 0 or 1 to the last bit of a float64. */
const FARTHEST = 40;

/** Logits held inside ±40, for fitting: no probability changes, and an infinite one makes no NaN. */
export function bounded(logits: Logits): Logits {
  return logits.map((z) => Math.min(Math.max(z, -FARTHEST), FARTHEST));
}
