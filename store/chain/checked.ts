import { appendAt } from '../../support/append.js';
import {
  type Database,
  type EventTable,
  FEEDBACK_PRIVATE,
  type FeedbackTable,
  SCORED_PRIVATE,
  type ScoredTable,
} from '../schema.js';
import { eventHash, feedbackHash, feedbackSeal, isEmptied, scoredHash, scoredSeal } from './rows.js';

const CHANGED = 'the private content was changed';

/** A row of any table, as the check of the chain needs it. */
export interface Checked {
  table: 'scored' | 'feedback' | 'event';
  hash: string;
  /** The row says that its private content was deleted. */
  isRedacted: boolean;
  /** There is no private content and no salt. */
  isEmptied: boolean;
  hashAfter(previous: string): string;
  /** What is wrong with content that was not deleted. */
  wrong(): string | null;
}

/** Places in the chain: after `after`, up to and including `to`. Rows up to `through` were removed by `prune`. */
interface Part {
  after: number;
  to: number;
  through: number;
}

/** All rows of one part of the chain by their number. Only in a changed store do several rows have one number. */
export async function rowsIn(db: Database, { after, to, through }: Part): Promise<Map<number, Checked[]>> {
  const rows = new Map<number, Checked[]>();
  const scored = await db
    .selectFrom('vouch_scored')
    .selectAll()
    .where('seq', '>', after)
    .where('seq', '<=', to)
    .execute();
  for (const row of scored) {
    const plain = { ...row, signals: row.signals === null ? null : Buffer.from(row.signals) };
    appendAt(rows, row.seq, scoredRow(plain));
  }
  const feedback = await db
    .selectFrom('vouch_feedback as f')
    .leftJoin('vouch_scored as s', 's.seq', 'f.scored')
    .selectAll('f')
    .select(['s.id', 's.response', 's.tenant as of', 's.redacted as emptied'])
    .where('f.seq', '>', after)
    .where('f.seq', '<=', to)
    .execute();
  for (const row of feedback) appendAt(rows, row.seq, feedbackRow(row, through));
  const events = await db
    .selectFrom('vouch_events')
    .selectAll()
    .where('seq', '>', after)
    .where('seq', '<=', to)
    .execute();
  for (const row of events) appendAt(rows, row.seq, eventRow(row));
  return rows;
}

function scoredRow(row: ScoredTable): Checked {
  return {
    table: 'scored',
    hash: row.hash,
    isRedacted: row.redacted === 1,
    isEmptied: isEmptied(row, SCORED_PRIVATE),
    hashAfter: (previous) => scoredHash(previous, row),
    wrong: () => (row.salt !== null && scoredSeal(row.salt, row) === row.sealed ? null : CHANGED),
  };
}

/** Feedback with the answer to which it is linked. */
type Joined = FeedbackTable & { id: string | null; response: string | null; of: string | null; emptied: number | null };

function feedbackRow(row: Joined, through: number): Checked {
  return {
    table: 'feedback',
    hash: row.hash,
    isRedacted: row.redacted === 1,
    isEmptied: isEmptied(row, FEEDBACK_PRIVATE),
    hashAfter: (previous) => feedbackHash(previous, row),
    wrong: () => {
      if (row.salt === null || feedbackSeal(row.salt, row) !== row.sealed) return CHANGED;
      return wrongLink(row, through);
    },
  };
}

/** Whether an answer whose content was deleted is the right one can no longer be checked. */
function wrongLink({ scored, emptied, of, tenant, id, response, target }: Joined, through: number): string | null {
  if (emptied === null) {
    return scored === null || scored <= through ? null : 'it is linked to an answer that is not in the store';
  }
  const isOther = emptied === 0 && (of !== tenant || ![id, response].includes(target));
  return isOther ? 'it is linked to an answer with another id' : null;
}

function eventRow(row: EventTable): Checked {
  return {
    table: 'event',
    hash: row.hash,
    isRedacted: false,
    isEmptied: true,
    hashAfter: (previous) => eventHash(previous, row),
    wrong: () => null,
  };
}
