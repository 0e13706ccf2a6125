import type { Changes } from './changes.js';

/** One run of the monitor, as the card shows it. */
export interface WatchedRun {
  /** File name of the result. */
  file: string;
  run: number;
  since: string | null;
  until: string | null;
  answers: number;
  accepted: number;
  promises: readonly {
    claim: string;
    state: string;
    labels: number;
    error: { value: number; low: number; high: number } | null;
  }[];
  /** Signals that were compared with training, and the names of those that differ; null: not measured. */
  drift: { signals: number; differ: readonly string[] } | null;
  /** Models and tasks that training never saw. */
  unseen: readonly string[];
  /** Alarms that are on. */
  alarms: readonly string[];
}

/** What a store knows of a bundle. Feedback depends on the answer, so shares of it may be biased. */
export interface FeedbackFacts {
  /** Answers that the bundle scored, and how many of them were accepted. */
  answers: number;
  accepted: number;
  from: string | null;
  to: string | null;
  kinds: readonly {
    kind: string;
    entries: number;
    /** Entries from which a label follows, the mean of these labels, and those that contradict earlier feedback. */
    labelled: number;
    right: number | null;
    contradicting: number;
  }[];
  /** Entries in the whole store about answers that it does not have. */
  unknown: number;
}

/** What becomes known after the bundle was written. `vouch evidence` adds it; in the bundle, all of it is absent. */
export interface CardLater {
  /** The date that the evidence states, and the SHA-256 of the bundle's manifest. */
  asOf: string;
  digest: string;
  watched?: readonly WatchedRun[];
  feedback?: FeedbackFacts;
  changes?: Changes;
}
