import { gradable, type Labeller } from './labeller.js';
import { normalise } from './normalise.js';
import { withoutFreeSpaces } from './text/segments.js';

/** Exact match with aliases: 1 if the normalised answer equals any normalised reference, else 0. Hopeless on full sentences. */
export const exactMatch: Labeller = {
  name: 'exactMatch',
  aliases: ['exact', 'em'],
  does: 'the answer equals a reference, but for case, punctuation, articles and accents',
  soft: false,
  of: (record) => {
    const given = gradable(record);
    if (given === null) return null;
    const answer = sameForm(given.answer);
    return Number(given.references.some((reference) => sameForm(reference) === answer));
  },
};

/** Normalised; spaces in a script that needs none (山田 太郎) say nothing. */
export function sameForm(text: string): string {
  return withoutFreeSpaces(normalise(text));
}
