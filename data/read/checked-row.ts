import { checkRecord } from '../check-record.js';
import type { AnswerRecord } from '../record.js';
import type { Row } from './row.js';

/** The answer in a row. Errors: what kept the row from being read, those of its format and of `checkRecord`. */
export function checkedRow(row: Row, convert: (row: Row) => unknown, file: string): AnswerRecord {
  if (row.error !== undefined) throw row.error;
  return checkRecord(convert(row), file, row.line);
}
