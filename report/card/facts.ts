import type { CertifiedThreshold, DataFile, Metrics, SliceRow } from '../results.js';
import type { Candidate } from '../sections/selection.js';
import type { About } from './about.js';

/** For which answers a bundle decides. Null: the bundle does not say (an older format). */
export interface Covers {
  models: readonly string[] | null;
  tasks: readonly string[] | null;
  /** Fields that (nearly) all training answers had. */
  fields: readonly string[] | null;
  /** The fields that define a slice, if decisions are made by slice; else empty. */
  sliceBy: readonly string[];
  /** Whether the user asked to decide about models that training never saw, without a promise. */
  acceptsUnseen: boolean;
}

/** What card.html shows of a bundle. Trained and adapted bundles fill it from their results and their manifest. */
export interface CardFacts {
  about: About;
  /** What the bundle is about, and how it was made, in a sentence. */
  subject: string;
  how: string;
  created: string;
  seed: number;
  versions: Readonly<Record<string, string>>;
  /** SHA-256 of the manifest of the bundle that it was adapted from; null if it was trained. */
  adaptedFrom: string | null;
  data: {
    files: readonly string[];
    inputs: readonly DataFile[];
    fingerprint: string;
    /** The period of the records in words. */
    period: string;
    answers: number;
    questions: number;
    /** Share of right answers, and share of labels that people gave; null: not recorded. */
    right: number | null;
    human: number | null;
    /** Number of labels by source; null: not recorded. */
    sources: Readonly<Record<string, number>> | null;
    grouping: string | null;
    parts: readonly { name: string; rows: number; groups: number; usedFor: string }[];
  };
  covers: Covers;
  metrics: Metrics;
  /** On which answers, in a sentence. */
  measuredOn: string;
  /** What it is compared with. */
  rival: { label: string; metrics: Metrics } | null;
  /** Candidates of training. Null: an adapted bundle, which keeps the learner; `chosenBecause` says what was changed. */
  candidates: { learners: readonly Candidate[]; calibrators: readonly Candidate[] } | null;
  chosenBecause: readonly string[];
  predictor: { learner: string; calibrator: string; signals: readonly string[] };
  /** The claims that decide, and those that could not be certified; each promise in words. */
  thresholds: readonly CertifiedThreshold[];
  promises: readonly { headline: string; details: readonly string[] }[];
  /** Signals that alone give the label away, in sentences. */
  leaks: readonly string[];
  limits: readonly string[];
  slices: readonly SliceRow[];
  options: Readonly<Record<string, unknown>>;
}
