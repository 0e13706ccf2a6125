import type { Linear } from './newton.js';

/** Weights, and what each was held back with. */
export interface RidgeSolution extends Linear {
  penalties: Float64Array;
}
