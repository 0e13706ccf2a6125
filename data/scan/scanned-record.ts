import { VouchError } from '../../support/errors.js';
import { checkRecord } from '../check-record.js';
import type { Before } from '../read/row.js';
import { holdsReasoning } from '../reasoning.js';
import type { Logged } from '../token-list.js';
import type { Scanner } from './scanner.js';

/**
 * The record in a line's bytes: the scanner reads its tokens, and the other fields are checked as usual. null if the
 * scanner refuses the line or something is invalid; parsing the whole line then gives the error. `place` names a record
 * without an id.
 */
export function scannedRecord(
  scanner: Scanner,
  bytes: Buffer,
  place?: { file: string; line: number },
  before?: Before,
): Logged | null {
  const scanned = scanner.scan(bytes, 0, bytes.length);
  if (scanned === null) return null;
  const { answer } = scanned.value;
  if (typeof answer === 'string' && holdsReasoning(answer)) return null; // its tokens must be cut, which needs objects
  try {
    if (place !== undefined) before?.(scanned.value, place);
    const record: Logged = checkRecord(scanned.value, place?.file, place?.line);
    record.tokens = scanned.tokens;
    return record;
  } catch (error) {
    if (error instanceof VouchError) return null;
    throw error;
  }
}
