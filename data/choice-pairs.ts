import { bareLetter, letterByText } from './label/choice-letter.js';
import { referencesOf } from './label/labeller.js';
import { normalise } from './label/normalise.js';
import type { Answer } from './token-list.js';

/** An option with the probability the model gave it, and whether it is the right one. */
export interface ChoicePair {
  probability: number;
  right: boolean;
}

/**
 * The recorded distribution over fixed options as pairs, against the references. An option is right if it is a reference by
 * its letter, by its text, or by the letter of the option whose text in the prompt is the reference. Numbers that add up to
 * more than 1 are scaled down to it. null without choices, or where no reference names an option: nothing can be held
 * against them then.
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
