import { type Labeller, referencesOf } from './labeller.js';
import { normalise } from './normalise.js';

/**
 * Contained alias: 1 if any normalised reference stands in the normalised answer as whole words, else 0. It also finds
 * the alias in a denial ("not Canberra") and in a list of guesses.
 */
export const containedAlias: Labeller = {
  name: 'containedAlias',
  aliases: ['contains', 'contained'],
  does: 'a reference stands in the answer as whole words',
  soft: false,
  of: (record) => {
    const references = referencesOf(record);
    if (references === null) return null;
    const whole = ` ${normalise(record.answer)} `;
    const split = ` ${normalise(record.answer, ' ')} `;
    return references.some(
      (reference) => whole.includes(` ${normalise(reference)} `) || split.includes(` ${normalise(reference, ' ')} `),
    )
      ? 1
      : 0;
  },
};
