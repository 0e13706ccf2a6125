import { aboutFields } from './about.js';
import type { CardFacts } from './facts.js';
import type { CardLater } from './later.js';

/** What nobody stated yet, or nobody measured, and what to do about it. Sign-off is always one of them. */
export function leftOpen(facts: CardFacts, later?: CardLater): { what: string; how: string }[] {
  const { about, covers, data } = facts;
  return [
    ...aboutFields
      .filter(({ key }) => about[key] === '')
      .map(({ label, option }) => ({ what: label, how: `State it with ${option} when you train or adapt.` })),
    {
      what: 'Languages',
      how: 'vouch does not detect languages. Write down which ones the training answers were in, for example in --intended-use.',
    },
    ...(data.sources === null || data.sources.unknown !== undefined
      ? [{ what: 'Who labelled', how: 'Some labels name no source. Give labels a source (docs/labels.md).' }]
      : []),
    ...(covers.models === null || covers.models.length === 0
      ? [{ what: 'Models', how: 'The answers name no model. Record the field model.' }]
      : []),
    ...(covers.tasks === null || covers.tasks.length === 0
      ? [{ what: 'Tasks', how: 'The answers name no task. Record the field task.' }]
      : []),
    ...(later?.watched === undefined
      ? [{ what: 'Drift history', how: 'Give results of vouch monitor to vouch evidence (--monitor).' }]
      : []),
    ...(later?.feedback === undefined
      ? [{ what: 'Feedback', how: 'Give the store to vouch evidence (--store).' }]
      : []),
    ...(later?.changes === undefined
      ? [{ what: 'Changes since the last version', how: 'Give the previous bundle to vouch evidence (--previous).' }]
      : []),
    { what: 'Sign-off', how: 'Fill in a copy of this card, or sign the bundle with vouch sign.' },
  ];
}
