import { createHash } from 'node:crypto';
import type { Logged } from '../token-list.js';

/** How grades are joined to answers. */
export interface Join {
  /** Field of the answer, and column in the grades. */
  field: string;
  column: string;
  /** Whether the user did not choose: scores of a tracing tool are then joined by observation and trace. */
  isOpen: boolean;
}

/** Reads `--on`: a field, or ANSWER_FIELD=GRADE_COLUMN. */
export function joinOf(on: string | undefined): Join {
  const [field, column = field] = (on ?? 'id').split('=').map((part) => part.trim());
  return { field, column, isOpen: field === 'id' && column === 'id' };
}

/** Removes the `'` that keeps an id as text in a spreadsheet; grades that come back may still have it. */
export function withoutGuard(key: string): string {
  return key.startsWith("'") ? key.slice(1) : key;
}

/**
 * A fingerprint of question and answer: two rows with the same one are one answer that was logged twice. 64 bits in
 * hex.
 */
export function printOf({ model, task, time, prompt, messages, answer }: Logged): string {
  const text = JSON.stringify([model ?? '', task ?? '', time ?? '', prompt ?? '', messages ?? [], answer]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
