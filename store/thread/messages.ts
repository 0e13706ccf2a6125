import type { ErrorCode } from '../../support/errors.js';
import type { Outcome } from '../feedback/feedback.js';
import type { ScoredRow } from '../write/scored.js';
import type { Sent } from '../write/write.js';

/** The data with which the thread is started. */
export interface StoreThreadData {
  place: string;
}

/** A batch for one transaction. */
export interface Batch {
  scored: readonly ScoredRow[];
  sent: readonly Sent[];
}

export type FromStore =
  | { ready: { shown: string } }
  | { written: Outcome[][] }
  | { failed: { code: ErrorCode; what: string; file?: string; hint?: string } };
