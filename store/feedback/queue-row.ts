import type { Fields } from '../../data/check-value.js';
import { isUngraded } from '../../data/grade.js';
import { withoutGuard } from '../../data/grades/grade-key.js';
import { checkFeedback } from './check.js';
import type { Feedback } from './feedback.js';

/**
 * A row of a queue that `vouch monitor` wrote and somebody filled in, as a verdict; none if its label is empty. Null if
 * the row is something else. Error: BAD_FEEDBACK.
 */
export function queueVerdict(row: Fields): Feedback[] | null {
  if (!['id', 'rank', 'gain', 'chance', 'label'].every((name) => name in row)) return null;
  const { id, label, comment, source } = row;
  if (isUngraded(label)) return [];
  const name = typeof id === 'string' ? withoutGuard(id) : id;
  return checkFeedback({ id: name, verdict: label, comment, ...(source === 'human' ? {} : { source }) });
}
