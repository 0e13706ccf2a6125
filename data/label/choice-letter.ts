import { promptOf } from '../group.js';
import type { AnswerRecord } from '../record.js';
import { finalChoice } from './choice/final-choice.js';
import { optionNamedIn } from './choice/option-text.js';
import { labelIn, type Options, optionsOf, plainChoice, UNLISTED } from './choice/options.js';
import { sameForm } from './exact-match.js';
import { gradable, type Labeller } from './labeller.js';
import { normalise } from './normalise.js';

/**
 * Choice letter: 1 if the option that the answer settles on (`final-choice.ts`) is that of a reference, else 0, also if
 * it settles on none or several. Labels are those of the options in the prompt (A) B), а) б), 1. 2., ア イ), else A to J.
 * null if no reference is a label or the text of an option.
 */
export const choiceLetter: Labeller = {
  name: 'choiceLetter',
  aliases: ['choice', 'letter'],
  does: 'the option that the answer settles on, by letter or by its text in the prompt, is that of a reference',
  soft: false,
  of: (record) => {
    const given = gradable(record);
    if (given === null) return null;
    const listed = optionsOf(promptOf(record));
    const options = given.references.some((reference) => isBeyond(reference, listed))
      ? { ...listed, labels: UNLISTED.labels }
      : listed;
    const right = given.references.flatMap((reference) => labelOf(reference, options) ?? []);
    if (right.length === 0) return null;
    const chosen = finalChoice(given.answer, options);
    return Number(chosen !== null && right.includes(chosen));
  },
};

/** Whether a reference is a letter after the last one found in the prompt. */
function isBeyond(reference: string, { labels }: Options): boolean {
  const letter = bareLetter(reference);
  return letter !== null && labels[0] === 'A' && !labels.includes(letter);
}

/**
 * The label that a reference means: "C", "(c)", "C) Nile" if the prompt lists it so, or "Nile", the text of one option.
 */
function labelOf(reference: string, options: Options): string | null {
  const plain = plainChoice(reference);
  const bare = /^[^\p{L}\p{N}]*(\p{L}|\d{1,2})[^\p{L}\p{N}]*$/u.exec(plain);
  if (bare !== null) return labelIn(bare[1], options.labels);
  const [, label = '', text = ''] = /^[([]?(\p{L}|\d{1,2})[)\].:]\s*(.+)$/su.exec(plain.trim()) ?? [];
  const known = labelIn(label, options.labels);
  if (known !== null && normalise(options.texts.get(known) ?? '') === normalise(text)) return known;
  const sameText = [...options.texts].filter(([, option]) => sameForm(option) === sameForm(reference));
  return sameText.length === 1 ? sameText[0][0] : null;
}

/** The letter from A to J that a text consists of, in upper case: "b", "(B)", "（Ｂ）"; null for any other text. */
export function bareLetter(text: string): string | null {
  return /^[^\p{L}\p{N}]*([A-Ja-j])[^\p{L}\p{M}\p{N}]*$/u.exec(text.normalize('NFKC'))?.[1].toUpperCase() ?? null;
}

/** The label of the one option of the prompt whose text occurs in `text`. */
export function letterByText(record: Pick<AnswerRecord, 'prompt' | 'messages'>, text: string): string | null {
  return optionNamedIn(text, optionsOf(promptOf(record)));
}
