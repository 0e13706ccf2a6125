import { checkRecord } from '../../data/check-record.js';
import { isObject } from '../../data/check-value.js';
import { Scanner } from '../../data/scan/scanner.js';
import type { Answer } from '../../data/token-list.js';
import { VouchError } from '../../support/errors.js';

const scanner = new Scanner();

/**
 * The answer that a body holds, its tokens read straight from the bytes; null where it holds several, or anything that must be parsed whole
 * (which is then said as ever).
 */
export function answerIn(body: Buffer): Answer | null {
  const scanned = scanner.scan(body, 0, body.length);
  if (scanned === null || !isObject(scanned.value) || scanned.value.answer === undefined) return null;
  try {
    const answer: Answer = checkRecord(scanned.value);
    answer.tokens = scanned.tokens;
    return answer;
  } catch (error) {
    if (error instanceof VouchError) return null;
    throw error;
  }
}
