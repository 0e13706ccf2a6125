import type { JsonPlan } from '../../data/read/json/json-plan.js';
import type { ByteLine } from '../../data/read/lines.js';
import type { BadLine, PackedRow } from '../../data/read/row.js';
import type { Logged } from '../../data/token-list.js';
import type { Place } from './resume/place.js';

/** Rows of one file that are scored together, in order: lines still to be read, or answers and bad lines. */
export interface Block {
  file: string;
  rows: LineRows | AnswerRows;
  /** Where the input stands after the last row; its id is not known before it is read. */
  place: Omit<Place, 'id'>;
  /** Bytes of all files taken so far, as they lie on disk. */
  bytes: number;
}

export interface LineRows {
  plan: JsonPlan;
  lines: ByteLine[];
}

export interface AnswerRows {
  answers: Logged[];
  /** Tokens of each answer that were read apart from it. */
  packed: (PackedRow | undefined)[];
  bad: BadLine[];
  /** Parts of the rows that are no answers. */
  passed: number;
  /** Of the last row; null where it is a bad one. */
  id: string | null;
}
