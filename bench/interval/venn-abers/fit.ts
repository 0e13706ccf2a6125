import { stepsOf } from '../../../models/calibrators/interval/steps.js';
import { type VennAbers, vennAbersHigh, vennAbersLow } from '../../../models/calibrators/interval/venn-abers.js';
import type { Logits, Probabilities } from '../../../models/numbers.js';
import { coarser } from './coarser.js';
import { insertionFits } from './insertion-fits.js';
import { roundedDown } from './rounded-down.js';

/** Largest number of steps of a bound. With 256 steps the error is at most 4e-3, because a bound rises from 0 to 1. */
const MOST_STEPS = 256;

/**
 * Inductive Venn–Abers: the interval [p0, p1] around the probability at z. p_u is the value at z of the isotonic fit to
 * the answers and one more answer at z with label u and weight 1. For exchangeable answers (one per question) one of
 * the two is calibrated, whatever the predictor is. Where few answers are near z, the interval is wide. Fit it to
 * out-of-fold logits of the recipe that ships. Soft labels and weights count as shares of answers. Steps are joined and
 * logits rounded to float32 only outwards, so the interval can only become wider. bench/interval.ts
 * compares it with the calibration band: it is not an interval for the share of right answers at a score (which is
 * outside it in half of the rows). Source: Vovk & Petej 2014; Vovk, Petej & Fedorova 2015.
 * O(n log n).
 */
export function fitVennAbers(logits: Logits, y: Float64Array, w: Float64Array): VennAbers {
  const { z, weight, right } = stepsOf(logits, y, w);
  const wrong = weight.map((by, i) => by - right[i]);
  const mirrored = z.map((at) => -at).toReversed();
  const above = coarser(z, insertionFits(weight, right), MOST_STEPS);
  const below = coarser(mirrored, insertionFits(weight.toReversed(), wrong.toReversed()), MOST_STEPS);
  // p1 is valid up to and including a logit, p0 from a logit on. Mirrored and with the labels swapped, one is 1 − the
  // other.
  return {
    lowAt: below.at.map((at) => -roundedDown(at)).toReversed(),
    low: [...below.value, 1].map((p) => roundedDown(1 - p)).toReversed(),
    highAt: above.at.map(roundedDown),
    high: [...above.value, 1].map((p) => -roundedDown(-p)),
  };
}

/** The interval at each logit. O(n log k). */
export function applyVennAbers(interval: VennAbers, logits: Logits): { low: Probabilities; high: Probabilities } {
  return {
    low: logits.map((z) => vennAbersLow(interval, z)),
    high: logits.map((z) => vennAbersHigh(interval, z)),
  };
}
