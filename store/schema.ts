import type { Generated, Kysely, Transaction } from 'kysely';
import type { BoughtTable, FeedbackDayTable, LabelledTable, RollupTable } from './rollup/tables.js';

/** The end of the hash chain: one row, which every writer locks first. */
interface HeadTable {
  one: number;
  /** Number of the last row of the chain; 0: the chain is empty. */
  seq: number;
  /** Its hash, in hexadecimal. */
  hash: string;
  /** Number of the last row that the counts contain. */
  rolled: Generated<number>;
  /** Number of the last row of which the purchases of policies are counted. */
  bought: Generated<number>;
}

/** What every row of the chain has. */
interface Chained {
  /** Position in the chain, counted from 1 over all tables. */
  seq: number;
  /** Random bytes in hexadecimal, hashed with the private columns; null once these are deleted. */
  salt: string | null;
  /** Hash of the salt and the private columns. It stays when they are deleted. */
  sealed: string;
  /** 1: the private columns were deleted. */
  redacted: number;
  /** SHA-256 of the previous row's hash and of this row. */
  hash: string;
}

/** Columns of a scored answer that stay for good: nothing in them names a person or quotes a text. Times in ms. */
export interface ScoredPublic {
  time: number;
  tenant: string;
  /** SHA-256 of the manifest of the bundle that scored it. */
  bundle: string;
  way: string;
  model: string | null;
  task: string | null;
  selected: number;
  probability: number | null;
  logit: number | null;
  low: number | null;
  high: number | null;
  shift: number | null;
  decision: string | null;
  why: string | null;
  /** List of names as JSON. */
  missing: string | null;
  pattern: string | null;
  slice: string | null;
  claim: string | null;
  basis: string | null;
  promise: string | null;
}

/** Columns of a scored answer that a deletion empties. */
export interface ScoredPrivate {
  id: string | null;
  response: string | null;
  person: string | null;
  question: string | null;
  /** Packed inputs of the predictor: see `signals.ts`. */
  signals: Uint8Array | null;
  prompt: string | null;
  answer: string | null;
}

interface FeedbackPublic {
  /** When the store received it, and when it was given, if that is known. Times in ms. */
  received: number;
  given: number | null;
  tenant: string;
  kind: string;
  /** 1 right, 0 wrong, between them a share; null if no label follows from it. */
  label: number | null;
  /** Who or what gave the label, as in the labels of a record. */
  source: string;
  /** 1: earlier feedback on the same answer says the opposite. */
  contradicts: number;
}

interface FeedbackPrivate {
  /** Two feedbacks of one tenant with the same key are the same feedback. */
  key: string | null;
  /** The id or response id of the answer that it is about. */
  target: string | null;
  rater: string | null;
  /** What was sent, as JSON. */
  content: string | null;
}

export type ScoredTable = Chained & ScoredPublic & ScoredPrivate;
export type FeedbackTable = Chained &
  FeedbackPublic &
  FeedbackPrivate & {
    /** The answer that it is about; null if none is known. Not part of the chain, because it may be found later. */
    scored: number | null;
  };

/** What was deleted, and by which rule. */
export interface EventTable {
  seq: number;
  time: number;
  /** `redacted`: private columns were emptied. `pruned`: rows were removed from the beginning of the chain. */
  kind: string;
  detail: string;
  hash: string;
}

export interface Tables {
  vouch_head: HeadTable;
  vouch_scored: ScoredTable;
  vouch_feedback: FeedbackTable;
  vouch_events: EventTable;
  vouch_rollup: RollupTable;
  vouch_bought: BoughtTable;
  vouch_labelled: LabelledTable;
  vouch_feedback_days: FeedbackDayTable;
}

export type Database = Kysely<Tables>;
export type Open = Database | Transaction<Tables>;

export const SCORED_PUBLIC = [
  'time',
  'tenant',
  'bundle',
  'way',
  'model',
  'task',
  'selected',
  'probability',
  'logit',
  'low',
  'high',
  'shift',
  'decision',
  'why',
  'missing',
  'pattern',
  'slice',
  'claim',
  'basis',
  'promise',
] as const satisfies (keyof ScoredPublic)[];

export const SCORED_PRIVATE = [
  'id',
  'response',
  'person',
  'question',
  'signals',
  'prompt',
  'answer',
] as const satisfies (keyof ScoredPrivate)[];

export const FEEDBACK_PUBLIC = [
  'received',
  'given',
  'tenant',
  'kind',
  'label',
  'source',
  'contradicts',
] as const satisfies (keyof FeedbackPublic)[];

export const FEEDBACK_PRIVATE = ['key', 'target', 'rater', 'content'] as const satisfies (keyof FeedbackPrivate)[];
