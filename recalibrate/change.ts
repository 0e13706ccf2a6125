import type { Change } from '../adapt/change.js';

/** What a recalibration may do, from the smallest change on. `whole`: train anew on the old and the new answers. */
export const CHANGES = ['none', 'threshold', 'calibrator', 'adapt', 'whole'] as const;

export type ChangeMade = (typeof CHANGES)[number];

/** The changes that are made to the predictor of the version in service, without training it anew. */
export function isMadeByAdapting(change: ChangeMade): change is Change {
  return change === 'threshold' || change === 'calibrator' || change === 'adapt';
}
