import { aurc } from './aurc.js';

/**
 * Excess AURC: AURC minus that of the best ranking of the same labels (all right answers first), so that what is left is the
 * ranking's fault and not the answerer's. [0, 1], 0 is perfect. Source: Geifman, Uziel & El-Yaniv 2019, eq. 3 (exact, not
 * their approximation).
 */
export function eAurc(probability: Float64Array, label: Float64Array, weight?: Float64Array): number {
  return aurc(probability, label, weight) - aurc(label, label, weight);
}
