import { groupOf } from '../../data/group.js';
import type { StoredAnswer } from '../../store/read/answers-since.js';
import { askedIn } from '../../store/read/labelled.js';

/**
 * The name of a stored answer in the monitor: its response id, which no other answer has; else its id; else its number
 * in the store. Feedback finds the answer by either id.
 */
export function storedName({ response, id, seq }: Pick<StoredAnswer, 'response' | 'id' | 'seq'>): string {
  return response ?? id ?? `stored:${seq}`;
}

/**
 * The question of a stored answer: its group; else what its prompt shows, if the store has texts; else it is a question
 * of its own.
 */
export function storedQuestion(row: Pick<StoredAnswer, 'question' | 'prompt' | 'response' | 'id' | 'seq'>): string {
  if (row.question !== null) return row.question;
  return row.prompt === null ? storedName(row) : groupOf({ id: storedName(row), answer: '', ...askedIn(row.prompt) });
}
