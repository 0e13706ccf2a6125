import type { Scored } from '../../metrics/scored.js';
import { groupsNeeded } from './power.js';
import { outlooks } from './threshold-candidates.js';

/** How labelled questions are divided into fit and certify part, and the present number of all labelled questions. */
export interface Shares {
  certifyShare: number;
  certifyShareSmall: number;
  smallGroups: number;
  groups: number;
}

/**
 * With `groups` labelled questions (`certify` of them in the certify part), `coverage` of the answers would be
 * certified. `unclear`: error rates below α were observed, but on too few questions to say how many are needed. `none`:
 * no error rate below α was observed.
 */
type LabelsNeeded = { groups: number; certify: number; coverage: number } | 'unclear' | 'none';

/**
 * The number of labelled questions with which some threshold would pass with a chance of 0.8: an estimate from
 * out-of-fold error rates and their uncertainty. `labelled` of the present questions belong to this claim; the mix is
 * assumed to stay the same.
 */
export function labelsNeeded(
  outOfFold: Scored,
  labelled: number,
  { alpha, delta, floor }: { alpha: number; delta: number; floor: number },
  { certifyShare, certifyShareSmall, smallGroups, groups }: Shares,
): LabelsNeeded {
  const seen = outlooks(outOfFold, alpha, floor);
  const needed = groupsNeeded(seen, alpha, delta);
  if (needed === null) return seen.some(({ risk }) => risk < alpha) ? 'unclear' : 'none';
  const few = needed.groups / certifyShareSmall;
  // From `smallGroups` questions in total, a smaller share certifies.
  const large = (smallGroups * labelled) / groups;
  const total = few < large ? few : Math.max(large, needed.groups / certifyShare);
  return { groups: Math.ceil(total), certify: needed.groups, coverage: needed.outlook.coverage };
}
