import type { Manifest } from '../../models/bundle/manifest.js';
import type { Bundle } from '../../models/bundle/read.js';
import { POLICY_FILE } from '../../scorer/policy/policy.js';
import { policyIn } from '../../scorer/policy/policy-in.js';

/** Stands where other claims have their pattern of signals. */
export const POLICY_PATTERN = 'policy';

/**
 * The manifest of a bundle; of a policy, with the policy's claim among its own, because answers that a gateway accepted
 * under the policy name it. Error: BUNDLE_BAD for a policy that cannot be read.
 */
export function withPolicyClaim(bundle: Pick<Bundle, 'dir' | 'manifest' | 'files'>): Manifest {
  const { manifest, files } = bundle;
  const claim = files.has(POLICY_FILE) ? policyIn(bundle).claim : null;
  if (claim === null) return manifest;
  const { id, alpha, delta, guarantee, method, groups, acceptedGroups, coverage, error } = claim;
  const own: Manifest['thresholds'][number] = {
    ...{ id, alpha, delta, guarantee, method, groups, acceptedGroups, coverage, error },
    ...{ pattern: POLICY_PATTERN, signals: [], basis: 'natural', threshold: 0, n: groups, accepted: acceptedGroups },
  };
  return { ...manifest, thresholds: [...manifest.thresholds, own] };
}
