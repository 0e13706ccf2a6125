import type { Logged } from '../../data/token-list.js';
import type { FeatureScores, Rows } from '../../scorer/open.js';
import type { Score, Scorer } from '../../scorer/scorer.js';
import type { Side } from '../thread/side.js';

/** A bundle that answers requests. */
export interface Loaded {
  scorer: Scorer;
  /** The first 12 hex digits of the manifest's SHA-256: what clients see as the model's version. */
  version: string;
  /** How single records are scored: one at a time, or together with those that arrive meanwhile. */
  way: 'direct' | 'together';
  score(record: Logged): Promise<Score>;
  /** Rows of signals to the graph's outputs; together with those that arrive meanwhile. */
  infer(rows: Rows): Promise<FeatureScores>;
  /** Where what is long is read and scored, in threads with the same bundle. */
  side: Side;
  close(): Promise<void>;
  /** Requests that use it now. */
  users: number;
  retired: boolean;
}
