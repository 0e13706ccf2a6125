import type { TrainOptions } from '../options.js';

/**
 * The penalties of logistic regression. Every weight has the same `penalty`; or, if `adaptive` is above 0, weights that
 * are large in a pilot fit have smaller penalties than the others: penalty_j = penalty / (|pilot_j|^adaptive / mean +
 * FLOOR).
 */
export interface Ridge {
  penalty: number;
  adaptive: number;
}

/** Penalty of the pilot fit. */
export const PILOT = 30;
/** Keeps every weight's penalty finite. */
const FLOOR = 0.1;

/** Every ridge to try: first those without `adaptive`, and the strongest first. */
export function ridgePath({ penalties, adaptive }: Pick<TrainOptions, 'penalties' | 'adaptive'>): Ridge[] {
  return adaptive.flatMap((power) => penalties.map((penalty) => ({ penalty, adaptive: power })));
}

/**
 * The penalty of each weight, from a pilot fit of inputs with equal variance. If only few of hundreds of signals are
 * informative, and there are only a few hundred answers, this gains more than any learner (bench/quality
 * --labels-budget). Source: adaptive ridge, Grandvalet 1998; powers of a pilot: Zou 2006 (for the lasso).
 */
export function weightPenalties({ penalty, adaptive }: Ridge, pilot: Float64Array): Float64Array {
  const size = pilot.map((weight) => Math.abs(weight) ** adaptive);
  const mean = size.reduce((sum, each) => sum + each, 0) / Math.max(size.length, 1);
  return size.map((each) => penalty / ((mean > 0 ? each / mean : 1) + FLOOR));
}
