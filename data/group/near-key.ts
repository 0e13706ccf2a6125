import { asciiKey } from './ascii-key.js';
import { plainQuestion } from './plain-question.js';

/** A word or number, with the points, commas and colons inside a number. */
const WORD = String.raw`[\p{L}\p{M}\p{N}]+(?:(?<=\p{N})[.,:](?=\p{N})[\p{N}]+)*`;
/** Signs that are no punctuation: of sums, of money, of code. A dash and a slash are where a number or bracket follows; "C++" and "C#" keep theirs. */
const SIGN = String.raw`[\p{S}%‰*#&@\\]|[-−–/](?=\s*[\p{N}(])`;
const PARTS = new RegExp(`${WORD}|${SIGN}`, 'gu');
/** Marks inside words and numbers that some writers leave out: don't, U.S., 1,000. */
const INSIDE =
  /(?<=\p{L})['’ʼ](?=\p{L})|(?<=(?<![\p{L}\p{N}])\p{L})\.(?=\p{L}(?![\p{L}\p{N}]))|(?<=\p{N}),(?=\p{N}{3}(?!\p{N}))/gu;

/**
 * A question as it counts for being nearly the same as another: its words, numbers and signs in order, without greetings and politeness,
 * case and punctuation. Two questions with one key have the same numbers, names and rare words.
 */
export function nearKey(question: string): string {
  const asked = plainQuestion(question);
  return asciiKey(asked) ?? partsOf(asked);
}

/** Words, numbers and signs of a text in any script, one space between them. */
export function partsOf(text: string): string {
  const plain = text.normalize('NFKC').toLowerCase().replaceAll(INSIDE, '');
  return (plain.match(PARTS) ?? []).join(' ').replaceAll('−', '-').replaceAll('–', '-');
}
