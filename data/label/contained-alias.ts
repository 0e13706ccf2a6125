import { sameForm } from './exact-match.js';
import { gradable, type Labeller } from './labeller.js';
import { normalise } from './normalise.js';
import { type Haystack, spansOf } from './text/whole-words.js';

/**
 * Contained alias: 1 if any normalised reference occurs in the normalised answer as whole words, else 0. In scripts
 * without spaces, words are found with a dictionary. Korean particles and Arabic and Hebrew prefixes may be attached.
 * It also finds the alias in a denial ("not Canberra") and in a list of guesses.
 */
export const containedAlias: Labeller = {
  name: 'containedAlias',
  aliases: ['contains', 'contained'],
  does: 'a reference occurs in the answer as whole words',
  soft: false,
  of: (record) => {
    const given = gradable(record);
    if (given === null) return null;
    const { answer, references } = given;
    const isContained = (as: (text: string) => string) => {
      const haystack: Haystack = { text: as(answer) };
      return references.some((reference) => spansOf(haystack, as(reference)).next().done === false);
    };
    return Number(WAYS.some(isContained));
  },
};

/** Three ways to compare: Spider-Man as one word, as two words, and without spaces in scripts that need none. */
const WAYS = [(text: string) => normalise(text), (text: string) => normalise(text, ' '), sameForm];
