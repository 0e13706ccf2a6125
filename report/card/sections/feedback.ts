import { plural } from '../../../support/words/plural.js';
import { section, table } from '../../frame.js';
import { type Html, html } from '../../markup.js';
import { count, percent } from '../../numbers.js';
import type { CardFacts } from '../facts.js';
import type { CardLater } from '../later.js';

/** What users and reviewers said of the answers that this bundle scored. */
export function feedback(_facts: CardFacts, later: CardLater | undefined): Html {
  const found = later?.feedback;
  if (found === undefined) {
    return section(
      'feedback',
      'Feedback',
      html`<p class="empty">Not in this card: a bundle does not change after it was made. Give the store to
<code>vouch evidence --store</code>.</p>`,
    );
  }
  const { answers, accepted, from, to, kinds, unknown } = found;
  const period = from === null || to === null ? '' : `, from ${from.slice(0, 10)} to ${to.slice(0, 10)}`;
  return section('feedback', 'Feedback', [
    html`<p>The store has ${plural(answers, 'answer')} that this bundle scored${period}; ${count(accepted)} of them
were accepted.</p>`,
    kinds.length === 0
      ? html`<p>Nobody gave feedback on them.</p>`
      : table(
          'Feedback on these answers',
          [
            { head: 'Kind', content: ({ kind }) => kind },
            { head: 'Entries', kind: 'number', content: ({ entries }) => count(entries) },
            { head: 'With a label', kind: 'number', content: ({ labelled }) => count(labelled) },
            { head: 'Says right', kind: 'number', content: ({ right }) => percent(right) },
            { head: 'Contradicting', kind: 'number', content: ({ contradicting }) => count(contradicting) },
          ],
          kinds,
        ),
    unknown > 0 &&
      html`<p class="note">${plural(unknown, 'entry', 'entries')} in the store ${unknown === 1 ? 'is' : 'are'} about
answers that the store does not have.</p>`,
    html`<p class="note">These shares may be biased: who gives feedback, and when, depends on the answer. They do not
judge the promise.</p>`,
  ]);
}
