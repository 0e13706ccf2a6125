import { type Labeller, referencesOf } from './labeller.js';
import { normalise } from './normalise.js';

/** Exact match with aliases: 1 if the normalised answer equals any normalised reference, else 0. Hopeless on full sentences. */
export const exactMatch: Labeller = {
  name: 'exactMatch',
  aliases: ['exact', 'em'],
  does: 'the answer equals a reference, but for case, punctuation, articles and accents',
  soft: false,
  of: (record) => {
    const references = referencesOf(record);
    if (references === null) return null;
    const answer = normalise(record.answer);
    return references.some((reference) => normalise(reference) === answer) ? 1 : 0;
  },
};
