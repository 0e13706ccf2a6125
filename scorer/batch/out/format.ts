import type { Score } from '../../scorer.js';
import { TRACE_COLUMNS, type Trace } from './trace.js';

/**
 * Columns of every output, in order. `decision` is null (CSV: empty) if none is made; `why` says why no certified claim
 * covers the row, and `missing` which fields or signals are then missing (a list in JSON Lines, its JSON as text
 * elsewhere). `claim` and `basis` are those of the claim that covers an accept. `promise` is `none` if the user chose
 * to accept unseen models. `logit` is before calibration. `low` and `high` are a 90% interval for the share of right
 * answers among answers with this score, of the same model and task. `shift` above 1 means that the answer is unlike
 * the training answers.
 */
export const COLUMNS = [
  'id',
  'probability',
  'decision',
  'why',
  'missing',
  'pattern',
  'claim',
  'bundle',
  'basis',
  'promise',
  'logit',
  'low',
  'high',
  'shift',
] as const;

/** Optional parts of a file. */
export interface Extras {
  /** Adds a last column `reasons`: an array in JSON Lines, its JSON as text elsewhere. */
  reasons: boolean;
  /** CSV: write texts unchanged, although a spreadsheet would run some of them as formulas. */
  rawCsv?: boolean;
  /** Adds the columns `grounded` and `groundedBy`. JSON Lines has these keys in every row that has the data. */
  grounded?: boolean;
  /** Adds the columns `digest` and `time`, before the reasons. */
  trace?: Trace;
  /** SHA-256 of the bundle's manifest, for formats that have a place for facts about the whole file (Parquet). */
  digest?: string;
}

/** Whether the passages support an answer, and the passage that says so (its JSON as text). */
const GROUNDED_COLUMNS = ['grounded', 'groundedBy'] as const satisfies readonly (keyof Score)[];

export function columnsOf({ reasons, grounded = false, trace }: Extras): string[] {
  return [
    ...COLUMNS,
    ...(grounded ? GROUNDED_COLUMNS : []),
    ...(trace === undefined ? [] : TRACE_COLUMNS),
    ...(reasons ? ['reasons'] : []),
  ];
}

/**
 * Turns rows into the bytes of a file, block by block. A file may be cut after any block and continued there; the bytes
 * depend only on the rows and on how they are divided into blocks. `at` is the length of the file so far; at 0 the head
 * is written first.
 */
export interface Encoder {
  /** Rows in the form in which a block takes them; may be made in another thread. */
  part(rows: Score[]): Part;
  block(parts: Part[], at: number): Buffer;
  /** The bytes that end a file of length `at`. */
  tail(at: number): Buffer;
  /** What the tail needs to know about the last block, if the file alone does not show it. */
  note?(): string;
  /** Restores the state from the notes of all blocks that an earlier process wrote, up to length `at`. */
  restore?(notes: string[], at: number): void;
}

/**
 * Rows before they become part of a block: bytes if the format writes each row as text of its own, else the rows
 * themselves.
 */
export type Part = Uint8Array | Score[];

/** Joins the parts of a format that writes each row as text. */
export function joined(parts: Part[]): Buffer {
  return Buffer.concat(parts as Uint8Array[]);
}

export interface Format {
  endings: readonly string[];
  open(extras: Extras): Encoder;
}
