import type { CertifiedThreshold, DataFile, Estimate, Metrics, Period } from '../../report/results.js';
import type { AdaptationFacts } from '../facts.js';

/** The content of report.json of an adapted bundle, which its page draws. */
export interface AdaptationReport {
  created: string;
  versions: Record<string, string>;
  seed: number;
  options: Record<string, unknown>;
  /** SHA-256 of the manifest that was adapted. */
  from: string;
  files: string[];
  fingerprint: string;
  /** First and last time in the records; absent if no record has a time. */
  period?: Period;
  /** The files that were read, with their content hashes. Absent in older reports. */
  inputs?: DataFile[];
  /** Labels by source; `unknown` for those without one. */
  sources: Record<string, number>;
  tasks: string[];
  models: string[];
  warnings: string[];
  adapted: AdaptationFacts;
  /** `held`: on the answers that were kept for certification. `cross-validated`: on all answers. */
  measuredOn: { how: 'held' | 'cross-validated'; answers: number; groups: number };
  before: { metrics: Metrics };
  test: { metrics: Metrics };
  /** After minus before, paired. */
  differences: Record<string, Estimate>;
  thresholds: CertifiedThreshold[];
}
