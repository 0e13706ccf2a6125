import type { TrainOptions } from '../options.js';

/**
 * How logistic regression is held back: every weight by `penalty`, or, where `adaptive` is above 0, weights that a pilot fit
 * found large by less and the others by more: penalty_j = penalty / (|pilot_j|^adaptive / mean + FLOOR).
 */
export interface Ridge {
  penalty: number;
  adaptive: number;
}

/** Penalty of the pilot fit. */
export const PILOT = 30;
/** What keeps every weight's penalty finite. */
const FLOOR = 0.1;

/** Every ridge to try: the plain ones first, strongest first. */
export function ridgePath({ penalties, adaptive }: Pick<TrainOptions, 'penalties' | 'adaptive'>): Ridge[] {
  return adaptive.flatMap((power) => penalties.map((penalty) => ({ penalty, adaptive: power })));
}

/**
 * The penalty of each weight, by a pilot fit of inputs that all vary alike. With hundreds of signals of which few tell, on
 * few hundred answers, this is worth more than any learner (bench/quality --labels-budget). Source: adaptive ridge, Grandvalet
 * 1998; powers of a pilot: Zou 2006 (for the lasso).
 */
export function weightPenalties({ penalty, adaptive }: Ridge, pilot: Float64Array): Float64Array {
  const size = pilot.map((weight) => Math.abs(weight) ** adaptive);
  const mean = size.reduce((sum, each) => sum + each, 0) / Math.max(size.length, 1);
  return size.map((each) => penalty / ((mean > 0 ? each / mean : 1) + FLOOR));
}
