import type { Logged } from '../token-list.js';
import type { BadLine, Before, PackedRow } from './row.js';

/** Receives what the rows of a file contain, in order. A row may contain none, one or many records. */
export interface RowSink {
  /** Called with the fields of a record before they are checked; may change them. */
  before?: Before;
  /** A checked record. `tokens` is given if they were read separately. */
  record(record: Logged, line: number, tokens?: PackedRow): void;
  /** A row, or a part of a row, that could not be read. */
  bad(line: BadLine): void;
  /** A part that is not an answer (for example a span that is not a model call), and the reason. */
  passed(reason: string): void;
}
