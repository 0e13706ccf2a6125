import type { Logits } from '../models/numbers.js';

/** A line through points. */
interface Line {
  intercept: number;
  slope: number;
}

/** Logits past it come from probabilities that float32 has rounded to 0 or 1, or nearly so. */
const SATURATED = 12;

/**
 * The least-squares line from the trained predictor's logits to those of its calibrated probabilities, but for saturated ones:
 * exact where its calibrator is a line itself, and the prior of the correction either way. Slope 1 where the logits do not
 * vary. No labels.
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
