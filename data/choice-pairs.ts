import { bareLetter, letterByText } from './label/choice-letter.js';
import { referencesOf } from './label/labeller.js';
import { normalise } from './label/normalise.js';
import type { Answer } from './token-list.js';

/** An option with the probability that the model gave it, and whether it is the correct one. */
export interface ChoicePair {
  probability: number;
  right: boolean;
}

/**
 * The recorded distribution over fixed options as pairs, compared with the references. An option is correct if a
 * reference is its letter, its text, or the text in the prompt that belongs to its letter. Probabilities that sum to
 * more than 1 are scaled down to sum to 1. null without choices, or if no reference names an option, because then
 * nothing can be compared.
 */
export function choicePairs(record: Answer): ChoicePair[] | null {
  const options = Object.entries(record.choices ?? {});
  const references = referencesOf(record);
  if (options.length === 0 || references === null) return null;
  const texts = new Set(references.map((reference) => normalise(reference)));
  const letters = new Set(references.map((reference) => bareLetter(reference) ?? letterByText(record, reference)));
  const isRight = (name: string) => {
    const letter = bareLetter(name);
    return texts.has(normalise(name)) || (letter !== null && letters.has(letter));
  };
  const scale =
    1 /
    Math.max(
      1,
      options.reduce((sum, [, p]) => sum + p, 0),
    );
  const pairs = options.map(([name, p]) => ({ probability: p * scale, right: isRight(name) }));
  return pairs.some(({ right }) => right) ? pairs : null;
}
