import type { Logged } from '../../data/token-list.js';
import { type PlainError, plainError, revived } from '../../scorer/batch/threads/plain-error.js';
import type { Score } from '../../scorer/scorer.js';
import { VouchError } from '../../support/errors.js';
import { type Keep, type StoredRow, storedRow } from '../store/stored-row.js';

/** Counts and logs the results of work on an answer. */
export interface Listener {
  ran(rows: number): void;
  /** `row`: what the store keeps, if a thread has made it. */
  scored(record: Logged, score: Score, row?: StoredRow | null): void;
  failed(error: unknown): void;
}

/** The events of a job in a thread, which the event loop then counts and logs. */
export interface JobEvents {
  ran: number[];
  /** Records only if they are logged. */
  scored: { record: Logged | null; score: Score; row: StoredRow | null }[];
  failed: (PlainError | { name: string })[];
}

/** Gathers the events of a job. */
export function gatherEvents(keepRecords: boolean, keep?: Keep): { events: JobEvents; listener: Listener } {
  const events: JobEvents = { ran: [], scored: [], failed: [] };
  const listener: Listener = {
    ran: (rows) => events.ran.push(rows),
    scored: (record, score) =>
      events.scored.push({ record: keepRecords ? record : null, score, row: storedRow(record, score, keep) }),
    failed: (error) => {
      const name = error instanceof Error ? error.name : 'unknown';
      events.failed.push(error instanceof VouchError ? plainError(error) : { name });
    },
  };
  return { events, listener };
}

/** Stands for a record that stayed in the thread. */
const leftInThread: Logged = { id: '', answer: null };

/** Passes the events of a job on to a listener. */
export function passOn({ ran, scored, failed }: JobEvents, listener: Listener): void {
  for (const rows of ran) listener.ran(rows);
  for (const { record, score, row } of scored) listener.scored(record ?? leftInThread, score, row);
  for (const failure of failed) {
    listener.failed('code' in failure ? revived(failure) : Object.assign(new Error(), failure));
  }
}
