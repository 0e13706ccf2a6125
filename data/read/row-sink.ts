import type { Logged } from '../token-list.js';
import type { BadLine, Before, PackedRow } from './row.js';

/** Takes what the rows of a file hold, in order: a row may hold none, one or many records. */
export interface RowSink {
  /** Changes the fields of a record before they are checked. */
  before?: Before;
  /** A checked record; `tokens` where they were read apart from it. */
  record(record: Logged, line: number, tokens?: PackedRow): void;
  /** A row, or a part of one, that could not be read. */
  bad(line: BadLine): void;
  /** A part that is no answer at all, and why: a span that is no model call, say. */
  passed(reason: string): void;
}
