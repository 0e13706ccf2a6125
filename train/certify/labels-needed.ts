import type { Scored } from '../../metrics/scored.js';
import { groupsNeeded } from './power.js';
import { outlooks } from './threshold-candidates.js';

/** How labelled questions are divided into fit and certify, and how many of every kind there are now. */
export interface Shares {
  certifyShare: number;
  certifyShareSmall: number;
  smallGroups: number;
  groups: number;
}

/**
 * `questions` of this kind, labelled to fit and to certify together (`certify` of them), would certify `coverage` of the
 * answers; or it is `unclear` how many, as error rates below α were seen on too few; or `none` would, as none was seen.
 */
type LabelsNeeded = { groups: number; certify: number; coverage: number } | 'unclear' | 'none';

/**
 * How many labelled questions would do for some threshold to pass four times in five, by out-of-fold error rates and what they
 * leave open: an estimate. `labelled` of the questions there are now are of this kind, and the mix is taken to stay.
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
  // From `smallGroups` questions of every kind up a smaller share certifies.
  const large = (smallGroups * labelled) / groups;
  const total = few < large ? few : Math.max(large, needed.groups / certifyShare);
  return { groups: Math.ceil(total), certify: needed.groups, coverage: needed.outlook.coverage };
}
