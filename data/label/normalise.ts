import { asciiDigits } from './text/digits.js';
import { foldLetters } from './text/fold.js';
import { hasUnspaced } from './text/segments.js';

/**
 * Text as SQuAD compares it: lower case, without punctuation, articles and doubled spaces; here also without accents of
 * Latin, Greek and Cyrillic (signs of other scripts are letters), typographic forms and invisible characters, with the
 * digits of all scripts as 0–9. Marks that carry meaning stay: the point of 3.5, the minus of −5 and A−, the < of <5, the signs of C++ and C#,
 * √ and ±. A comma between digits is a thousands separator and goes, or a decimal comma and becomes a point; another mark
 * there splits (3-1 is not 31), as does one in a script without spaces between words. `by` is what a mark elsewhere becomes: '' as in SQuAD (Spider-Man = spiderman), ' ' to split.
 * Source: Rajpurkar et al. 2016, evaluate-v1.1.py, normalize_answer.
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
/** A space where a mark was: an "a" behind it (Sana'a) is no word even at the end, as that of Vitamin A is. */
const SPLIT = '\v';
const ARTICLE = /(?<![\p{L}\p{M}\p{N}])(?:an?|the)(?=\s+\S)|(?<=\v)(?:an?|the)(?![\p{L}\p{M}\p{N}])/gu;
const ASCII_ARTICLE = /\b(?:an?|the)(?=\s+\S)|(?<=\v)(?:an?|the)\b/g;

/** In composed compatible forms, without invisible characters; 10² stays apart from 102. */
function plainOf(text: string): string {
  const seen = text
    .replace(/(?<=\d)(?=[⁰¹²³⁴-⁹])/g, '^')
    .replace(/[\p{Default_Ignorable_Code_Point}\u200b]/gu, '')
    .normalize('NFKC')
    .replace(/[−‐-―](?=\d)/g, '-');
  return asciiDigits(seen);
}

/** The minus of A− and AB−, which + would turn around. */
const GRADE_MINUS = /(?:^|[^\p{L}\p{N}])(?:[a-fo]|ab)-(?:[^\p{L}\p{N}]|$)/u;

/** What a mark becomes; undefined where it says nothing. */
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
