import { checkRecord } from '../check-record.js';
import { isObject } from '../check-value.js';
import type { AnswerRecord } from '../record.js';
import type { Before, Row } from './row.js';

/** The answer in a row. Errors: what kept the row from being read, those of its format and of `checkRecord`. */
export function checkedRow(row: Row, convert: (row: Row) => unknown, file: string, before?: Before): AnswerRecord {
  if (row.error !== undefined) throw row.error;
  const value = convert(row);
  if (before !== undefined && isObject(value)) before(value, { file, line: row.line });
  return checkRecord(value, file, row.line);
}
