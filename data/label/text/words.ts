import { append } from '../../../support/append.js';
import { hasUnspaced, wordBreaks } from './segments.js';
import { type Haystack, spansOf } from './whole-words.js';

const GLUED = /[\p{Script=Hangul}\p{Script=Arabic}\p{Script=Hebrew}]/u;

/** The words of a normalised text: split at spaces, and with a dictionary in scripts without spaces. */
export function wordsOf(text: string): string[] {
  const words = text.split(' ').filter((word) => word !== '');
  return words.some(hasUnspaced) ? words.flatMap((word) => (hasUnspaced(word) ? cut(word) : word)) : words;
}

/**
 * The words of a text, with each occurrence of a reference split as the reference itself is, and separated from the
 * particles around it.
 */
export function wordsAround(haystack: Haystack, words: string[], reference: string): string[] {
  if (!hasUnspaced(reference) && !GLUED.test(reference)) return words;
  const { text } = haystack;
  const cutWords: string[] = [];
  let done = 0;
  for (const { from, to } of spansOf(haystack, reference)) {
    if (from < done) continue;
    append(cutWords, [...wordsOf(text.slice(done, from)), ...wordsOf(reference)]);
    done = to;
  }
  return [...cutWords, ...wordsOf(text.slice(done))];
}

function cut(word: string): string[] {
  const breaks = wordBreaks(word);
  return breaks.slice(1).map((end, i) => word.slice(breaks[i], end));
}
