import { VouchError } from '../../support/errors.js';
import { checkRecord } from '../check-record.js';
import { holdsReasoning } from '../reasoning.js';
import type { Logged } from '../token-list.js';
import type { Scanner } from './scanner.js';

/**
 * The record in the bytes [from, to), its tokens read by the scanner and the rest checked as ever; null where the scanner does not take
 * it or something is wrong, which parsing it whole says best. `file` and `line` name a record without an id.
 */
export function scannedRecord(
  scanner: Scanner,
  bytes: Buffer,
  from: number,
  to: number,
  file?: string,
  line?: number,
): Logged | null {
  const scanned = scanner.scan(bytes, from, to);
  if (scanned === null) return null;
  const { answer } = scanned.value;
  if (typeof answer === 'string' && holdsReasoning(answer)) return null; // its tokens are cut, which takes them whole
  try {
    const record: Logged = checkRecord(scanned.value, file, line);
    record.tokens = scanned.tokens;
    return record;
  } catch (error) {
    if (error instanceof VouchError) return null;
    throw error;
  }
}
