import {
  type EventTable,
  FEEDBACK_PRIVATE,
  FEEDBACK_PUBLIC,
  type FeedbackTable,
  SCORED_PRIVATE,
  SCORED_PUBLIC,
  type ScoredTable,
} from '../schema.js';
import { linkOf, sealOf } from './digest.js';

/** The hash that a scored answer must have after a row with the hash `previous`. */
export function scoredHash(previous: string, row: Omit<ScoredTable, 'hash'>): string {
  return linkOf(previous, 'scored', row.seq, [...SCORED_PUBLIC.map((name) => row[name]), row.sealed]);
}

export function feedbackHash(previous: string, row: Omit<FeedbackTable, 'hash'>): string {
  return linkOf(previous, 'feedback', row.seq, [...FEEDBACK_PUBLIC.map((name) => row[name]), row.sealed]);
}

export function eventHash(previous: string, { seq, time, kind, detail }: Omit<EventTable, 'hash'>): string {
  return linkOf(previous, 'event', seq, [time, kind, detail]);
}

/** The seal that the private columns of a scored answer must have. */
export function scoredSeal(salt: string, row: Pick<ScoredTable, (typeof SCORED_PRIVATE)[number]>): string {
  return sealOf(
    salt,
    SCORED_PRIVATE.map((name) => row[name]),
  );
}

export function feedbackSeal(salt: string, row: Pick<FeedbackTable, (typeof FEEDBACK_PRIVATE)[number]>): string {
  return sealOf(
    salt,
    FEEDBACK_PRIVATE.map((name) => row[name]),
  );
}

/** Whether nothing is left of a row's private columns, as a deletion leaves it. */
export function isEmptied<Name extends string>(
  row: Record<Name, unknown> & { salt: string | null },
  names: readonly Name[],
): boolean {
  return row.salt === null && names.every((name) => row[name] === null);
}
