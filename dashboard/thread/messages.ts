import type { ErrorCode } from '../../support/errors.js';
import type { Asked } from '../asked.js';

/** What the thread is asked, and what it answers; `ticket` says which answer belongs to which question. */
export interface ToDrawer {
  ticket: number;
  asked: Asked;
}

export type FromDrawer = { ticket: number } & (
  | { drawn: string }
  /** Null: a fault of the program. */
  | { failed: { code: ErrorCode; what: string; file?: string } | null }
);
