import type { Logged } from '../../data/token-list.js';
import type { FeatureScores, Rows } from '../../scorer/open.js';
import type { Score, Scorer } from '../../scorer/scorer.js';
import type { Side } from '../thread/side.js';
import type { PolicyInUse } from './policy-in-use.js';

/** A bundle that answers requests. */
export interface Loaded {
  scorer: Scorer;
  /** The first 12 hex digits of the SHA-256 of the manifest. Clients see it as the version of the model. */
  version: string;
  /** How single records are scored: one at a time, or together with others that arrive in the meantime. */
  way: 'direct' | 'together';
  /** Which encoders of the bundle were not given, as sentences. */
  missing: string | undefined;
  score(record: Logged): Promise<Score>;
  /** Computes the outputs of the graph for rows of signals, together with rows that arrive in the meantime. */
  infer(rows: Rows): Promise<FeatureScores>;
  /** The policy in the folder, if the service follows one. */
  policy: PolicyInUse | null;
  /** Threads with the same bundle, which read and score long requests. */
  side: Side;
  close(): Promise<void>;
  /** The number of requests that use the bundle now. */
  users: number;
  retired: boolean;
}
