import { VouchError } from '../../../support/errors.js';

/** Up to where the input has been taken: the last row taken, and how many there were. */
export interface Place {
  /** Rows taken in all, bad lines and other shards' rows counted. */
  seen: number;
  /** The last row: its file (from 0), its line there, its id (null: a bad line). */
  file: number;
  line: number;
  id: string | null;
  /** Checksum of all rows seen. */
  sum: number;
}

export const START: Place = { seen: 0, file: 0, line: 0, id: null, sum: 0 };

const hint = 'Run without --resume to begin anew.';

/** The error of an input that isn't the one `from` was taken in. */
export function otherInput(from: Place, id: string | null | undefined): VouchError {
  return new VouchError('RESUME_MISMATCH', 'this is not the input that was scored before', {
    line: from.line,
    field: 'id',
    expected: from.id ?? 'a bad line',
    got: id ?? undefined,
    hint,
  });
}

/** The error of an input that has the same last row, and other ones before it. */
export function otherRows(from: Place): VouchError {
  return new VouchError('RESUME_MISMATCH', 'rows of the input have changed since they were scored', {
    expected: `the same ${from.seen} rows`,
    hint,
  });
}
