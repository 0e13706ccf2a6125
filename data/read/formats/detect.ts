import { VouchError } from '../../../support/errors.js';
import { isObject } from '../../check-value.js';
import { leavesNoAnswer } from '../../finish.js';
import { LINE_KEYS } from '../../record.js';
import type { Fields } from '../table/fields.js';
import { logFormats } from './list.js';
import type { Context, LogFormat, Part } from './log-format.js';

/** What a row was taken for, and why. */
export interface Detected {
  format: LogFormat;
  why: string;
}

/** Name under which canonical records are counted among the formats. */
export const CANONICAL = 'jsonl';
export const CANONICAL_WHY = 'an object with an answer';

/** The log format of a row; null where it is a canonical record, or nothing that is known. */
export function detect(row: Fields): Detected | null {
  const canonical = holdsAnswer(row);
  if (canonical && onlyKnownKeys(row)) return null;
  for (const format of logFormats) {
    if (canonical && format.besideAnswer !== true) continue;
    const why = format.detect(row);
    if (why !== null) return { format, why };
  }
  return null;
}

/**
 * The parts of a row in the format that its content tells. A row that no format claims is a canonical record where it holds an
 * answer; else it is read in the format of the rows before it (`usual`), which says best what is wrong with it.
 */
export function readDetected(value: unknown, context: Context, usual?: LogFormat): Part[] {
  const row = isObject(value) ? value : null;
  const found = row === null ? null : detect(row);
  if (row !== null && found !== null) {
    context.detected?.(found.format.name, found.why);
    return readIn(found.format, row, context);
  }
  if (row !== null && usual !== undefined && !holdsAnswer(row)) return readIn(usual, row, context);
  context.detected?.(CANONICAL, CANONICAL_WHY);
  return [{ record: value as Fields }];
}

/** The parts of a row in one format. Errors: BAD_RECORD where it is no object, or holds nothing that the format knows. */
export function readIn(format: LogFormat, row: unknown, context: Context): Part[] {
  const expected = `a row of ${format.title}`;
  if (!isObject(row)) throw new VouchError('BAD_RECORD', 'is not a log line', { expected, got: row });
  if (format.detect(row) === null)
    throw new VouchError('BAD_RECORD', 'holds no answer', { expected, got: Object.keys(row) });
  const parts = format.read(row, context);
  if (parts.length > 0) return parts;
  throw new VouchError('BAD_RECORD', 'holds no answer', { expected, got: Object.keys(row) });
}

function holdsAnswer({ answer, finish }: Fields): boolean {
  return typeof answer === 'string' || (answer === null && leavesNoAnswer(finish as string));
}

function onlyKnownKeys(row: Fields): boolean {
  for (const key in row) if (!LINE_KEYS.has(key)) return false;
  return true;
}
