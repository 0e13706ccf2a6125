import type { Score } from '../../scorer.js';

/**
 * Columns of every output, in order. `decision` is null (CSV: empty) where none is made; `why` says why no certified claim stands
 * behind it, `missing` which fields or signals are missing then (a list in JSON Lines, its JSON as a text elsewhere); `claim` and
 * `basis` are those of the claim behind an accept; `promise` is `none` where the user had unseen models decided. `logit` is before
 * calibration; `low` and `high` are a 90% interval for the share of right answers among answers with
 * this score, of the same model and task; `shift` above 1 is unlike the answers trained on.
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

/** What a file may hold beside them. */
export interface Extras {
  /** A last column `reasons`: an array in JSON Lines, its JSON as a text elsewhere. */
  reasons: boolean;
  /** CSV: texts as they are, though a spreadsheet would run some as formulas. */
  rawCsv?: boolean;
}

export function columnsOf({ reasons }: Extras): string[] {
  return reasons ? [...COLUMNS, 'reasons'] : [...COLUMNS];
}

/**
 * Turns rows into the bytes of a file, block by block. A file may be cut after any block and gone on with; the bytes depend on
 * the rows and their blocks alone. `at` is the length of the file so far: at 0 a head comes first.
 */
export interface Encoder {
  /** Some rows as a block takes them; may be made in another thread. */
  part(rows: Score[]): Part;
  block(parts: Part[], at: number): Buffer;
  /** What ends a file of length `at`. */
  tail(at: number): Buffer;
  /** What must be known of the last block to write the tail, where the file alone doesn't say it. */
  note?(): string;
  /** Takes the notes of all blocks written by an earlier process, up to length `at`. */
  restore?(notes: string[], at: number): void;
}

/** Rows on their way into a block: bytes where they are a text of their own, else as they are. */
export type Part = Uint8Array | Score[];

/** The parts of a format whose rows are texts, one after another. */
export function joined(parts: Part[]): Buffer {
  return Buffer.concat(parts as Uint8Array[]);
}

export interface Format {
  endings: readonly string[];
  open(extras: Extras): Encoder;
}
