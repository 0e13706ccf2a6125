import type { Fields } from '../check-value.js';
import { isUngraded } from '../grade.js';
import { columnIn } from './grade-columns.js';

/** A score as Langfuse exports it: what it is about, and its value. */
interface ScoreRow {
  observation: string | null;
  trace: string | null;
  /** null if it is not a grade: free text, a correction. */
  value: unknown;
}

/**
 * Reads a row of Langfuse scores (blob export, API and UI; snake_case or camelCase); null if it is something else. A
 * category has its word in `stringValue` and a meaningless number in `value`. Source: Langfuse's public API, ScoreV1
 * and GetScoresResponseData (2026-11).
 */
export function scoreRow(fields: Fields): ScoreRow | null {
  const trace = columnIn(fields, 'trace_id');
  const observation = columnIn(fields, 'observation_id');
  if (trace === undefined || columnIn(fields, 'name') === undefined || columnIn(fields, 'value') === undefined)
    return null;
  const type = columnIn(fields, 'data_type');
  const text = columnIn(fields, 'string_value');
  if (type === undefined && text === undefined && observation === undefined) return null;
  return {
    observation: observation === undefined ? null : idOf(fields[observation]),
    trace: idOf(fields[trace]),
    value: scoreValue(fields, type === undefined ? '' : String(fields[type]).toUpperCase(), text),
  };
}

function scoreValue(fields: Fields, type: string, text: string | undefined): unknown {
  if (type === 'TEXT' || type === 'CORRECTION') return null;
  const value = fields[columnIn(fields, 'value') as string];
  const word = text === undefined ? null : fields[text];
  const isWord = type === 'CATEGORICAL' || isUngraded(value);
  return isWord && !isUngraded(word) ? word : value;
}

function idOf(value: unknown): string | null {
  return value == null || value === '' ? null : String(value);
}
