import type { GatewayParts } from '../parts.js';
import type { Ask } from '../upstream/ask.js';
import type { Whole } from '../whole.js';
import type { Acted } from './acted.js';
import { fieldOf, unreadField } from './field.js';
import { isRejected } from './is-rejected.js';
import type { Verdict } from './verdict.js';
import type { VouchField } from './vouch-field.js';

/** What an answer becomes: what is not accepted is replaced by the text, if there is one. Counts what happened to it. */
export function putInstead(
  { options, count }: Pick<GatewayParts, 'options' | 'count'>,
  ask: Ask,
  { whole, verdicts, escalated }: { whole: Whole; verdicts: Verdict[]; escalated?: VouchField['escalated'] },
): Acted {
  const replaced = new Map<number, string>();
  const text = options.abstainText;
  // a failure may contain no answer
  const answers = whole.large === null ? ask.api.answers(ask.body, whole.response).length : 0;
  const unread = whole.large !== null || !whole.known || (answers === 0 && !whole.stream);
  const instead = options.strict && unread ? text : null;
  if (text !== null && instead === null) {
    for (const [i, verdict] of verdicts.slice(0, answers).entries()) {
      if (isRejected(verdict, ask, options)) replaced.set(i, text);
    }
  }
  const field: VouchField =
    instead === null || whole.large !== null ? fieldOf(verdicts, new Date().toISOString()) : unreadField();
  if (escalated !== undefined) field.escalated = escalated;
  if (replaced.size > 0 || instead !== null) field.replaced = true;
  count(field.replaced ? 'replaced' : field.scored ? 'scored' : 'unscored');
  return { whole, field, replaced, instead };
}
