import type { Answer, Logged } from '../data/token-list.js';
import type { Manifest } from '../models/bundle/manifest.js';
import type { Decided } from './decide.js';
import type { Grounds } from './grounded.js';
import type { Kept } from './kept.js';
import type { Reason } from './reasons/reasons.js';
import type { FeatureScores, Rows } from './run-graph.js';

/** What vouch predicts for one answer. `logit` is the predictor's logit, before calibration. */
export interface AnswerScore extends Decided, Partial<Grounds> {
  id: string;
  probability: number;
  /** The first 12 hex digits of the manifest's SHA-256; null if the bundle was never written. */
  bundle: string | null;
  pattern: string;
  /** The slice that the decision is for, if decisions are made by slice; else null. */
  slice: string | null;
  logit: number;
  /**
   * 90% interval for the share of right answers among answers with this score, of the same model and task. It contains
   * `probability`.
   */
  low: number;
  high: number;
  /** How unlike the training answers this answer is. Above 1 it gets no decision. */
  shift: number;
  /** SHA-256 of the bundle's manifest, and when the run began; only if `trace` asked for them. */
  digest?: string;
  time?: string;
  /** What raised or lowered the probability, the strongest reason first; only if asked for. */
  reasons?: Reason[];
}

/** The result if there is no answer to score: a tool call, a reply that a content filter cut off, an error. */
export interface NoScore {
  id: string;
  probability: null;
  decision: null;
  why: 'no answer';
  missing: null;
  claim: null;
  basis: null;
  promise: null;
  bundle: string | null;
  pattern: null;
  slice: null;
  logit: null;
  low: null;
  high: null;
  shift: null;
  grounded?: undefined;
  groundedBy?: undefined;
  digest?: string;
  time?: string;
  reasons?: Reason[];
}

export type Score = AnswerScore | NoScore;

export interface Scorer {
  manifest: Manifest;
  /** SHA-256 of the manifest. Pin it to protect against tampering. */
  digest: string;
  score(record: Answer): Promise<AnswerScore>;
  score(record: Logged): Promise<Score>;
  /** Scores in the order of the records. Fastest in chunks of 64 to 256. */
  scoreMany(records: Answer[], options?: ScoreOptions): Promise<AnswerScore[]>;
  scoreMany(records: Logged[], options?: ScoreOptions): Promise<Score[]>;
  /**
   * `features` row-major [n, d], NaN = missing; `categories` [n, c], 0 = unseen; `words` [n, length], 0 = none;
   * `embeddings`: the vectors [n, size] of each embedding that the bundle reads, NaN = missing.
   */
  scoreFeatures(
    features: Float32Array,
    categories?: BigInt64Array,
    words?: Int32Array,
    embeddings?: readonly Float32Array[],
  ): Promise<FeatureScores>;
  /** The graph's input rows for these records. */
  rows(records: Answer[]): Rows;
  /**
   * Computes a score again from what it was computed from: with the same bundle and the same way, to the bit. Whether
   * passages support the answer is left out, because that needs the texts.
   */
  again(kept: Kept, before: Before): Promise<AnswerScore>;
  /** The `most` strongest reasons of each of these rows. Errors: BUNDLE_BAD if vouch did not write the graph. */
  reasons(rows: Rows, most: number): Reason[][];
  close(): Promise<void>;
}

/** Parts of an earlier score that are facts about the record. */
export type Before = Pick<AnswerScore, 'id' | 'pattern' | 'slice' | 'missing'>;

export interface ScoreOptions {
  /** Largest number of reasons per answer; absent: no reasons. */
  reasons?: number;
}
