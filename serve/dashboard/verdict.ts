import { REVIEWER } from '../../dashboard/read/waiting.js';
import { checkFeedback } from '../../store/feedback/check.js';
import type { Feedback } from '../../store/feedback/feedback.js';
import { VouchError } from '../../support/errors.js';

/** What a reviewer said as feedback. Said twice, it is the same feedback. Errors: BAD_FEEDBACK. */
export function verdictOf(id: string, verdict: string, rater: string | null): Feedback {
  const said = { id, source: REVIEWER, ...(rater === null ? {} : { rater }) };
  if (verdict === 'right' || verdict === 'wrong') return checkFeedback({ ...said, verdict })[0];
  if (verdict === 'cannot decide') {
    // no label follows from it, but the answer no longer waits
    const [checked] = checkFeedback({ ...said, verdict: 'right', comment: verdict });
    return { ...checked, label: null, content: JSON.stringify({ ...said, verdict }) };
  }
  throw new VouchError('BAD_FEEDBACK', 'cannot be read', {
    ...{ field: 'verdict', expected: 'right, wrong or cannot decide', got: verdict },
  });
}
