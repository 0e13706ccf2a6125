import { VouchError } from '../../support/errors.js';
import { checkRecord } from '../check-record.js';
import type { Before } from '../read/row.js';
import type { Answer } from '../token-list.js';
import type { Scanner } from './scanner.js';

/**
 * The answer in the bytes [from, to), its tokens read by the scanner and the rest checked as ever; null where the scanner does not take
 * it or something is wrong, which parsing it whole says best. `file` and `line` name an answer without an id.
 */
export function scannedAnswer(
  scanner: Scanner,
  bytes: Buffer,
  from: number,
  to: number,
  file?: string,
  line?: number,
  before?: Before,
): Answer | null {
  const scanned = scanner.scan(bytes, from, to);
  if (scanned === null) return null;
  try {
    before?.(scanned.value, { file: file ?? '', line: line ?? 1 });
    const answer: Answer = checkRecord(scanned.value, file, line);
    answer.tokens = scanned.tokens;
    return answer;
  } catch (error) {
    if (error instanceof VouchError) return null;
    throw error;
  }
}
