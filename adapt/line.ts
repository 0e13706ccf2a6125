import type { Logits } from '../models/numbers.js';

/** A line through points. */
export interface Line {
  intercept: number;
  slope: number;
}

/** A logit beyond this comes from a probability that float32 has rounded to 0 or 1, or nearly. */
const SATURATED = 12;

/**
 * The least-squares line from the trained predictor's logits to the logits of its calibrated probabilities, without
 * saturated ones. It is exact if the calibrator is itself a line. The correction starts from this line. Slope 1 if the
 * logits do not vary. It uses no labels.
 */
export function lineThrough(from: Logits, to: Logits): Line {
  const places = Array.from(to.keys()).filter((i) => Math.abs(to[i]) <= SATURATED);
  const n = places.length;
  if (n === 0) return { slope: 1, intercept: 0 };
  const meanFrom = places.reduce((sum, i) => sum + from[i], 0) / n;
  const meanTo = places.reduce((sum, i) => sum + to[i], 0) / n;
  let square = 0;
  let product = 0;
  for (const i of places) {
    square += (from[i] - meanFrom) ** 2;
    product += (from[i] - meanFrom) * (to[i] - meanTo);
  }
  const slope = square > 0 ? product / square : 1;
  return { slope, intercept: meanTo - slope * meanFrom };
}
