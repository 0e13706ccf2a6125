import { promptOf } from '../group.js';
import type { AnswerRecord } from '../record.js';
import { type Labeller, referencesOf } from './labeller.js';
import { normalise } from './normalise.js';

/**
 * Choice letter: 1 if the option that the answer names is that of a reference, else 0, also where it names none. Reads
 * "B", "(B)", "B) Paris", "The answer is B", "**B**", and the text of an option where the prompt lists them. null where no
 * reference is a letter A–J.
 */
export const choiceLetter: Labeller = {
  name: 'choiceLetter',
  aliases: ['choice', 'letter'],
  does: 'the option that the answer names, by letter or by its text in the prompt, is that of a reference',
  soft: false,
  of: (record) => {
    const right = (referencesOf(record) ?? []).flatMap((reference) => bareLetter(reference) ?? []);
    if (right.length === 0) return null;
    const given = letterOf(record.answer) ?? letterByText(record);
    return given !== null && right.includes(given) ? 1 : 0;
  },
};

/** The letter that a text is, in upper case: "b", "(B)"; null where it is anything else. */
export function bareLetter(text: string): string | null {
  return /^\W*([A-Ja-j])\W*$/.exec(text)?.[1].toUpperCase() ?? null;
}

/** How an answer names a letter, surest first. A bare "A" before a word is an article, not an option. */
const FORMS = [
  /^\W*([A-Ja-j])\W*$/,
  /\\boxed\{\W*(?:\\text\{)?([A-J])\b/,
  /\b(?:answer|option|choice)(?:\s+is|\s+was|\s*:)*\s*(?:option\s+)?[*("'`]*([A-J])\b(?!\s+[a-z])/i,
  /^\W*([A-Ja-j])\s*[).:]/,
  /\(([A-J])\)|\*\*([A-J])\b[).:]?/,
  /(?:^|\s)([B-HJ])(?=[\s.,;:!?)]|$)/,
];

/** The letter that an answer names, in upper case; null where it names none. */
export function letterOf(answer: string): string | null {
  for (const form of FORMS) {
    const match = form.exec(answer);
    const letter = match?.slice(1).find((group) => group !== undefined);
    if (letter !== undefined) return letter.toUpperCase();
  }
  return null;
}

/** The letter of the one option of the prompt whose text stands in the text given, which is the answer unless told. */
export function letterByText(
  record: Pick<AnswerRecord, 'answer' | 'prompt' | 'messages'>,
  text = record.answer,
): string | null {
  const answer = ` ${normalise(text)} `;
  const options = [...promptOf(record).matchAll(/^\s*\(?([A-J])[).:]\s*(.+)$/gm)];
  const named = options.filter(([, , option]) => answer.includes(` ${normalise(option)} `));
  return named.length === 1 ? named[0][1] : null;
}
