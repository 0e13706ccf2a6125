import type { Verifier } from '../../../data/ask/verifiers/verifier.js';
import type { PolicyServing } from '../../options.js';
import type { PolicyMetrics } from './policy-metrics.js';
import type { Seats } from './seat.js';

/** What following a policy needs, beside the policy itself, which comes with the bundle in use. */
export interface PolicyParts {
  options: PolicyServing;
  seats: Seats;
  verifiers: readonly Verifier[];
  metrics: PolicyMetrics;
  /** Milliseconds that a stage may take. */
  deadlineOf(stage: string): number;
}
