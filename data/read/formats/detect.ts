import { VouchError } from '../../../support/errors.js';
import { isObject } from '../../check-value.js';
import { leavesNoAnswer } from '../../finish.js';
import { LINE_KEYS } from '../../record.js';
import type { Fields } from '../table/fields.js';
import { logFormatsWith } from './list.js';
import type { Context, LogFormat, Part } from './log-format.js';

/** The detected format of a row, and why. */
interface Detected {
  format: LogFormat;
  why: string;
}

/** The name under which canonical records are counted among the formats. */
export const CANONICAL = 'jsonl';
export const CANONICAL_WHY = 'an object with an answer';

/**
 * Detects the log format of a row, among ours and `own` (readers of plug-ins). Null if it is a canonical record, or in
 * no known format.
 */
export function detect(row: Fields, own?: readonly LogFormat[]): Detected | null {
  const canonical = holdsAnswer(row);
  if (canonical && onlyKnownKeys(row)) return null;
  for (const format of logFormatsWith(own)) {
    if (canonical && format.besideAnswer !== true) continue;
    const why = format.detect(row);
    if (why !== null) return { format, why };
  }
  return null;
}

/**
 * The parts of a row, in the format that is detected from its content. A row without a detected format is a canonical
 * record if it has an answer. Otherwise it is read in the format of the rows before it (`usual`), because that gives
 * the best error message.
 */
export function readDetected(value: unknown, context: Context, usual?: LogFormat): Part[] {
  const row = isObject(value) ? value : null;
  const found = row === null ? null : detect(row, context.readers);
  if (row !== null && found !== null) {
    context.detected?.(found.format.name, found.why);
    return readIn(found.format, row, context);
  }
  if (row !== null && usual !== undefined && !holdsAnswer(row)) return readIn(usual, row, context);
  context.detected?.(CANONICAL, CANONICAL_WHY);
  return [{ record: value as Fields }];
}

/**
 * The parts of a row in one format. Errors: BAD_RECORD if the row is not an object, or has nothing that the format
 * knows.
 */
export function readIn(format: LogFormat, row: unknown, context: Context): Part[] {
  const expected = `a row of ${format.title}`;
  if (!isObject(row)) throw new VouchError('BAD_RECORD', 'is not a log line', { expected, got: row });
  if (format.detect(row) === null)
    throw new VouchError('BAD_RECORD', 'has no answer', { expected, got: Object.keys(row) });
  const parts = format.read(row, context);
  if (parts.length > 0) return parts;
  throw new VouchError('BAD_RECORD', 'has no answer', { expected, got: Object.keys(row) });
}

function holdsAnswer({ answer, finish }: Fields): boolean {
  return typeof answer === 'string' || (answer === null && leavesNoAnswer(finish as string));
}

function onlyKnownKeys(row: Fields): boolean {
  for (const key in row) if (!LINE_KEYS.has(key)) return false;
  return true;
}
