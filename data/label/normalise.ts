import { asciiDigits } from './text/digits.js';
import { foldLetters } from './text/fold.js';
import { hasUnspaced } from './text/segments.js';

/**
 * Text in the form in which SQuAD compares it: lower case, without punctuation, articles and repeated spaces. In
 * addition, here: without accents in Latin, Greek and Cyrillic (marks of other scripts are letters), without
 * typographic variants and invisible characters, and with the digits of all scripts as 0–9. Marks with a meaning stay:
 * the point of 3.5, the minus of −5 and A−, the < of <5, the signs of C++ and C#, √ and ±. A comma between digits is
 * removed as a thousands separator, or becomes a point as a decimal comma; any other mark between digits separates (3-1
 * is not 31), and so does a mark in a script without spaces between words. `by` replaces the other marks: '' as in
 * SQuAD (Spider-Man = spiderman), ' ' to separate. Source: Rajpurkar et al. 2016, evaluate-v1.1.py, normalize_answer.
 */
export function normalise(text: string, by: '' | ' ' = ''): string {
  const isAscii = !/[^\0-\x7f]/.test(text);
  const plain = (isAscii ? text : plainOf(text)).toLowerCase();
  const split = by === '' ? '' : SPLIT;
  const bare = plain
    .replace(isAscii ? ASCII_MARK : MARK, (mark, at: number) => markOf(plain, mark, at) ?? split)
    .replace(isAscii ? ASCII_ARTICLE : ARTICLE, ' ');
  const words = foldLetters(bare)
    .split(/\s+/)
    .filter((word) => word !== '');
  return words.length > 0 ? words.join(' ') : foldLetters(plain).trim();
}

const MARK = /[\p{P}\p{S}]/gu;
const ASCII_MARK = /[!-/:-@[-`{-~]/g;
/**
 * Replaces a mark by a space that shows where it was: an "a" after it (Sana'a) is an article even at the end, unlike
 * the A of Vitamin A.
 */
const SPLIT = '\v';
const ARTICLE = /(?<![\p{L}\p{M}\p{N}])(?:an?|the)(?=\s+\S)|(?<=\v)(?:an?|the)(?![\p{L}\p{M}\p{N}])/gu;
const ASCII_ARTICLE = /\b(?:an?|the)(?=\s+\S)|(?<=\v)(?:an?|the)\b/g;

/** Text in NFKC without invisible characters; 10² becomes 10^2, which differs from 102. */
function plainOf(text: string): string {
  const seen = text
    .replace(/(?<=\d)(?=[⁰¹²³⁴-⁹])/g, '^')
    .replace(/[\p{Default_Ignorable_Code_Point}\u200b]/gu, '')
    .normalize('NFKC')
    .replace(/[−‐-―](?=\d)/g, '-');
  return asciiDigits(seen);
}

/** Matches A− and AB−, where the minus distinguishes them from A+ and AB+. */
const GRADE_MINUS = /(?:^|[^\p{L}\p{N}])(?:[a-fo]|ab)-(?:[^\p{L}\p{N}]|$)/u;

/** What a mark becomes; undefined if it has no meaning. */
function markOf(text: string, mark: string, at: number): string | undefined {
  const before = text[at - 1] ?? ' ';
  const after = text[at + 1] ?? ' ';
  if (isDigit(before) && isDigit(after)) return betweenDigits(text, mark, at);
  if (mark === '-') {
    if (isDigit(after)) return /[\p{L}\p{N}]/u.test(before) ? undefined : mark;
    return GRADE_MINUS.test(text.slice(Math.max(0, at - 4), at + 2)) ? mark : undefined;
  }
  if ('<>≤≥'.includes(mark))
    return /^=?\s?-?\d/.test(text.slice(at + 1)) && !/[-=<>\p{L}"'/]/u.test(before) ? mark : undefined;
  if (mark === '+' || mark === '#') return /[a-z+#]/.test(before) ? mark : undefined;
  if ('√∛∜±∞≠'.includes(mark)) return mark;
  return hasUnspaced(before + after) ? ' ' : undefined;
}

function betweenDigits(text: string, mark: string, at: number): string {
  if (mark === '.') return mark;
  const groups = /^(?:\d\d[,'’])*\d{3}(?!\d)/.test(text.slice(at + 1, at + 16));
  if (mark === ',') return groups ? '' : '.';
  return groups && (mark === "'" || mark === '’') ? '' : ' ';
}

function isDigit(char: string): boolean {
  return char >= '0' && char <= '9';
}
