import type { CertifiedThreshold, Estimate, Metrics } from '../../report/results.js';
import type { AdaptationFacts } from '../facts.js';

/** What report.json of an adapted bundle holds, and its page draws. */
export interface AdaptationReport {
  created: string;
  versions: Record<string, string>;
  seed: number;
  options: Record<string, unknown>;
  /** SHA-256 of the manifest that was adapted. */
  from: string;
  files: string[];
  fingerprint: string;
  /** Labels by source; `unknown` for those without one. */
  sources: Record<string, number>;
  tasks: string[];
  models: string[];
  warnings: string[];
  adapted: AdaptationFacts;
  /** On the answers kept apart, or on all of them by cross-validation. */
  measuredOn: { how: 'held' | 'cross-validated'; answers: number; groups: number };
  before: { metrics: Metrics };
  test: { metrics: Metrics };
  /** After less before, paired. */
  differences: Record<string, Estimate>;
  thresholds: CertifiedThreshold[];
}
