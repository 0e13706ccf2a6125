import type { JsonPlan } from '../../data/read/json/json-plan.js';
import type { ByteLine } from '../../data/read/lines.js';
import type { BadLine, PackedRow } from '../../data/read/row.js';
import type { Logged } from '../../data/token-list.js';
import type { Place } from './resume/place.js';

/** Rows of one file that are scored together, in order: lines that are still to be read, or answers and bad lines. */
export interface Block {
  file: string;
  rows: LineRows | AnswerRows;
  /** The position in the input after the last row. Its id is not known until the row is read. */
  place: Omit<Place, 'id'>;
  /** Bytes of all files that have been read so far, as stored on disk. */
  bytes: number;
}

export interface LineRows {
  plan: JsonPlan;
  lines: ByteLine[];
}

export interface AnswerRows {
  answers: Logged[];
  /** The tokens of each answer, if they were read separately from it. */
  packed: (PackedRow | undefined)[];
  bad: BadLine[];
  /** Number of parts of the rows that are not answers. */
  passed: number;
  /** Id of the last row; null if it is a bad line. */
  id: string | null;
}
