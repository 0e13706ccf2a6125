import { plainQuestion } from './plain-question.js';

/** A word or number, with the points, commas and colons inside a number. */
const WORD = String.raw`[\p{L}\p{M}\p{N}]+(?:(?<=\p{N})[.,:](?=\p{N})[\p{N}]+)*`;
/** Signs that are no punctuation: of sums, of money, of code. A dash and a slash are where a number or bracket follows; "C++" and "C#" keep theirs. */
const SIGN = String.raw`[\p{S}%‰*#&@\\]|[-−–/](?=\s*[\p{N}(])`;
const PARTS = new RegExp(`${WORD}|${SIGN}`, 'gu');
/** Marks inside words and numbers that some writers leave out: don't, U.S., 1,000. */
const INSIDE =
  /(?<=\p{L})['’ʼ](?=\p{L})|(?<=(?<![\p{L}\p{N}])\p{L})\.(?=\p{L}(?![\p{L}\p{N}]))|(?<=\p{N}),(?=\p{N}{3}(?!\p{N}))/gu;

/** The same for ASCII. */
const ASCII_PARTS = /[a-z0-9]+(?:(?<=[0-9])[.,:](?=[0-9])[0-9]+)*|[$+<=>^`|~%*#&@\\]|[-/](?=\s*[0-9(])/g;
const ASCII_INSIDE =
  /(?<=[a-z])'(?=[a-z])|(?<=(?<![a-z0-9])[a-z])\.(?=[a-z](?![a-z0-9]))|(?<=[0-9]),(?=[0-9]{3}(?![0-9]))/g;

/**
 * A question as it counts for being nearly the same as another: its words, numbers and signs in order, without greetings and politeness,
 * case and punctuation. Two questions with one key have the same numbers, names and rare words.
 */
export function nearKey(question: string): string {
  const asked = plainQuestion(question);
  const isAscii = !/[^\0-\x7f]/.test(asked); // most questions, and three times as fast
  const plain = (isAscii ? asked : asked.normalize('NFKC'))
    .toLowerCase()
    .replaceAll(isAscii ? ASCII_INSIDE : INSIDE, '');
  const parts = (plain.match(isAscii ? ASCII_PARTS : PARTS) ?? []).join(' ');
  return isAscii ? parts : parts.replaceAll('−', '-').replaceAll('–', '-');
}
