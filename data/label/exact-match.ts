import { gradable, type Labeller } from './labeller.js';
import { normalise } from './normalise.js';
import { withoutFreeSpaces } from './text/segments.js';

/**
 * Exact match with aliases: 1 if the normalised answer equals any normalised reference, else 0. Not suitable for full
 * sentences.
 */
export const exactMatch: Labeller = {
  name: 'exactMatch',
  aliases: ['exact', 'em'],
  does: 'the answer equals a reference, apart from case, punctuation, articles and accents',
  soft: false,
  of: (record) => {
    const given = gradable(record);
    if (given === null) return null;
    const answer = sameForm(given.answer);
    return Number(
      given.references.some(
        (reference) => sameForm(reference) === answer && !differ(moneyIn(given.answer), moneyIn(reference)),
      ),
    );
  },
};

/** The currency sign in a text: $5 is not €5, but 5 may be either. */
function moneyIn(text: string): string {
  return (/\p{Sc}/u.exec(text)?.[0] ?? '').normalize('NFKC');
}

function differ(one: string, other: string): boolean {
  return one !== '' && other !== '' && one !== other;
}

/** Normalised text without spaces in scripts that need none (山田 太郎). */
export function sameForm(text: string): string {
  return withoutFreeSpaces(normalise(text));
}
