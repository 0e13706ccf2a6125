import type { Logits } from '../../models/numbers.js';

/** A line through points. */
export interface Line {
  intercept: number;
  slope: number;
}

/**
 * The least-squares line from the trained predictor's logits to those of its calibrated probabilities: exact where its
 * calibrator is a line itself, and the prior of the correction either way. Slope 1 where the logits do not vary. No labels.
 */
export function lineThrough(from: Logits, to: Logits): Line {
  const n = from.length;
  const meanFrom = from.reduce((sum, value) => sum + value, 0) / n;
  const meanTo = to.reduce((sum, value) => sum + value, 0) / n;
  let square = 0;
  let product = 0;
  for (let i = 0; i < n; i++) {
    square += (from[i] - meanFrom) ** 2;
    product += (from[i] - meanFrom) * (to[i] - meanTo);
  }
  const slope = square > 0 ? product / square : 1;
  return { slope, intercept: meanTo - slope * meanFrom };
}
