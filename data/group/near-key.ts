import { asciiKey } from './ascii-key.js';
import { plainQuestion } from './plain-question.js';

/** A word or number, including points, commas and colons inside a number. */
const WORD = String.raw`[\p{L}\p{M}\p{N}]+(?:(?<=\p{N})[.,:](?=\p{N})[\p{N}]+)*`;
/**
 * Symbols that are not punctuation: of sums, money and code. A dash or slash is one if a number or bracket follows.
 * "C++" and "C#" keep theirs.
 */
const SIGN = String.raw`[\p{S}%‰*#&@\\]|[-−–/](?=\s*[\p{N}(])`;
const PARTS = new RegExp(`${WORD}|${SIGN}`, 'gu');
/** Marks inside words and numbers that some writers leave out: don't, U.S., 1,000. */
const INSIDE =
  /(?<=\p{L})['’ʼ](?=\p{L})|(?<=(?<![\p{L}\p{N}])\p{L})\.(?=\p{L}(?![\p{L}\p{N}]))|(?<=\p{N}),(?=\p{N}{3}(?!\p{N}))/gu;

/**
 * The key of a question: its words, numbers and symbols in order, without greetings, politeness, case and punctuation.
 * Questions with the same key count as nearly the same; they share all numbers, names and rare words.
 */
export function nearKey(question: string): string {
  const asked = plainQuestion(question);
  return asciiKey(asked) ?? partsOf(asked);
}

/** Words, numbers and symbols of a text in any script, separated by one space. */
export function partsOf(text: string): string {
  const plain = text.normalize('NFKC').toLowerCase().replaceAll(INSIDE, '');
  return (plain.match(PARTS) ?? []).join(' ').replaceAll('−', '-').replaceAll('–', '-');
}
