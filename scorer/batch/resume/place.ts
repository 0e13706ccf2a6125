import { VouchError } from '../../../support/errors.js';
import { thousands } from '../../../support/words/thousands.js';

/** How far the input has been read: the last row taken, and the number of rows so far. */
export interface Place {
  /** Number of rows so far; bad lines and rows of other shards are counted. */
  seen: number;
  /** The last row: its file (from 0), its line in it, its id (null: a bad line). */
  file: number;
  line: number;
  id: string | null;
  /** Checksum of all rows seen. */
  sum: number;
}

export const START: Place = { seen: 0, file: 0, line: 0, id: null, sum: 0 };

const hint = 'Run without --resume to start again.';

/** The error for an input that is not the one `from` belongs to. */
export function otherInput(from: Place, id: string | null | undefined): VouchError {
  return new VouchError('RESUME_MISMATCH', 'this is not the input that was scored before', {
    line: from.line,
    field: 'id',
    expected: from.id ?? 'a bad line',
    got: id ?? undefined,
    hint,
  });
}

/** The error for an input with the same last row but other rows before it. */
export function otherRows(from: Place): VouchError {
  return new VouchError('RESUME_MISMATCH', 'rows of the input have changed since they were scored', {
    expected: `the same ${thousands(from.seen)} rows`,
    hint,
  });
}
