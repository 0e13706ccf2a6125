import type { Feature } from '../feature.js';
import { logOfNegative, logOfPositive } from '../twins.js';

/** A signal and its twin on a logarithmic scale. */
export const withLog = (feature: Feature): Feature[] => [
  feature,
  feature.range[1] <= 0 ? logOfNegative(feature) : logOfPositive(feature),
];
