import { createHash } from 'node:crypto';
import type { Logged } from '../token-list.js';

/** How grades find their answers. */
export interface Join {
  /** Field of the answer, and column of the grades. */
  field: string;
  column: string;
  /** Whether it was left to the file: scores of a tracing tool then go by observation and trace. */
  isOpen: boolean;
}

/** Reads `--on`: a field, or ANSWER_FIELD=GRADE_COLUMN. */
export function joinOf(on: string | undefined): Join {
  const [field, column = field] = (on ?? 'id').split('=').map((part) => part.trim());
  return { field, column, isOpen: field === 'id' && column === 'id' };
}

/** What a spreadsheet needs before an id so that it stays text; grades that come back may still have it. */
export function withoutGuard(key: string): string {
  return key.startsWith("'") ? key.slice(1) : key;
}

/** A short print of what was asked and answered: two rows with the same one are one answer logged twice. 64 bits in hex. */
export function printOf({ model, task, time, prompt, messages, answer }: Logged): string {
  const text = JSON.stringify([model ?? '', task ?? '', time ?? '', prompt ?? '', messages ?? [], answer]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
