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
    return Number(
      given.references.some(
        (reference) => sameForm(reference) === answer && !differ(moneyIn(given.answer), moneyIn(reference)),
      ),
    );
  },
};

/** Signs of currencies: $5 is not €5, though either may be 5. */
function moneyIn(text: string): string {
  return (/\p{Sc}/u.exec(text)?.[0] ?? '').normalize('NFKC');
}

function differ(one: string, other: string): boolean {
  return one !== '' && other !== '' && one !== other;
}

/** Normalised; spaces in a script that needs none (山田 太郎) say nothing. */
export function sameForm(text: string): string {
  return withoutFreeSpaces(normalise(text));
}
