import { section, table } from '../../frame.js';
import type { Html } from '../../markup.js';
import type { CardFacts } from '../facts.js';
import type { CardLater } from '../later.js';
import { leftOpen } from '../left-open.js';

/** What nobody stated or measured yet, so that no reader takes a gap for an answer. */
export function leftToFillIn(facts: CardFacts, later: CardLater | undefined): Html {
  return section(
    'left-open',
    'Left to fill in',
    table(
      'What is open, and what to do about it',
      [
        { head: 'What', content: ({ what }) => what },
        { head: 'How', content: ({ how }) => how },
      ],
      leftOpen(facts, later),
    ),
  );
}
