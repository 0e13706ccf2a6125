import type { CertifiedThreshold, DataFile, Estimate, Metrics, Mistakes, Period } from '../../report/results.js';
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
  /**
   * `held`: on the answers that were kept for certification. `cross-validated`: on all answers. `nested`: on all answers,
   * each by one of `folds` predictors that were made without its question.
   */
  measuredOn: { how: 'held' | 'cross-validated' | 'nested'; folds?: number; answers: number; groups: number };
  before: { metrics: Metrics };
  test: { metrics: Metrics };
  /** After minus before, paired. */
  differences: Record<string, Estimate>;
  thresholds: CertifiedThreshold[];
  /** What the bundles decide for the answers of `measuredOn`. Absent in older reports. */
  decisions?: { before: DecidedAnswers; after: DecidedAnswers };
  /** The most confident mistakes of the adapted bundle on these answers. Absent in older reports. */
  mistakes?: Mistakes;
}

/** The share of answers that is accepted, and the share of errors among them; null if none is. */
export interface AcceptedShare {
  coverage: Estimate;
  error: Estimate;
}

/** What a bundle decides for some answers. */
export interface DecidedAnswers {
  /** The certified thresholds of the bundle. */
  thresholds: { pattern: string; slice?: string; threshold: number; alpha: number }[];
  /** The answers that a claim accepts. */
  decided: AcceptedShare;
  /** Number of answers that no claim covers, by reason. */
  undecided: Record<string, number>;
  /** The answers from the threshold of their pattern up, whether or not the claim covers them. */
  applied: AcceptedShare;
}
