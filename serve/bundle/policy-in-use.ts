import type { Bundle } from '../../models/bundle/read.js';
import type { Policy } from '../../scorer/policy/policy.js';

/** A policy that a service follows. */
export interface PolicyInUse {
  policy: Policy;
  /** How the service differs from the certificate. If it does, nothing is accepted. */
  differs: readonly string[];
  /** The same as sentences, for the log. */
  notes: readonly string[];
  /** The temperature of samples; null if the policy buys none. */
  sampleTemperature: number | null;
  /** The names of the verifiers that the bundle reads. */
  verifiers: readonly string[];
}

/** Reads the policy of a bundle. Errors: BUNDLE_BAD if it has none; BAD_USAGE if the service cannot follow it. */
export type ReadPolicy = (bundle: Bundle) => PolicyInUse;
