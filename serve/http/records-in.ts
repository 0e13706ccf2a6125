import { isObject } from '../../data/check-value.js';
import { dropScores } from '../../data/grades/drop-scores.js';
import { checkLenient } from '../../data/lenient.js';
import { readDetected } from '../../data/read/formats/detect.js';
import { noContext } from '../../data/read/rows.js';
import type { LoggedRecord } from '../../data/record.js';
import { VouchError } from '../../support/errors.js';

/**
 * The records in one JSON value: a canonical record, or a log line in any format that `vouch score` reads, which may
 * contain several answers. A record without an id is named after its number. Errors: BAD_RECORD, also if there is no
 * answer; BAD_LABEL.
 */
export function recordsIn(value: unknown, number = 1): LoggedRecord[] {
  let passed = '';
  const records: LoggedRecord[] = [];
  const parts = readDetected(value, noContext);
  for (const part of parts) {
    if ('failed' in part) throw part.failed;
    if ('passed' in part) passed = part.passed;
    else {
      if (parts.length > 1) part.record.id ??= `record:${number}/${records.length + 1}`;
      if (isObject(part.record)) dropScores(part.record);
      records.push(checkLenient(part.record, undefined, number));
    }
  }
  if (records.length > 0) return records;
  throw new VouchError('BAD_RECORD', passed === '' ? 'contains no answer' : `is ${passed}`, { expected: 'an answer' });
}
