import { isPrefix, isSuffix } from './affixes.js';
import { hasUnspaced, UNSPACED, wordBreaks } from './segments.js';

/** A stretch of a text, end excluded. */
export interface Span {
  from: number;
  to: number;
}

/** A normalised text to look for words in; its word breaks are found when they are first asked for. */
export interface Haystack {
  text: string;
  breaks?: Set<number>;
}

const LETTER = /[\p{L}\p{M}\p{N}]/u;
const MARK = /^\p{M}/u;
const HAN_NUMERALS = /^[〇零一二三四五六七八九十百千万萬億亿兆两]{2}$/;
const unspaced = new RegExp(`^[${UNSPACED}]$`, 'u');
const SMALL_WORDS = /^[是为為的了和与在有也叫用はがをにのとでもへやか]$/;
/** What may follow the name of a place in one word of the dictionary: 四川省, 富士山. */
const PLACE = /^(?:[市县縣県省州国國都府道区區郡町村镇鎮岛島山河川江湖海港])$/;

/**
 * Where the word or words stand as whole words. Words end at spaces and at a change between a script with spaces and one
 * without (42个). Within a script without spaces they end where the dictionary says; a word that the dictionary does not know,
 * a foreign name above all, may be cut by it at will, so such a word is found anywhere but inside a longer known one.
 */
export function spansOf(haystack: Haystack, word: string): Span[] {
  const spans: Span[] = [];
  if (word === '') return spans;
  for (let from = haystack.text.indexOf(word); from >= 0; from = haystack.text.indexOf(word, from + 1)) {
    const span = { from, to: from + word.length };
    if (isWhole(haystack, word, span)) spans.push(span);
  }
  return spans;
}

function isWhole(haystack: Haystack, word: string, { from, to }: Span): boolean {
  const { text } = haystack;
  const start = edgeAt(text, from);
  const end = edgeAt(text, to);
  if (start === 'never' || end === 'never') return false;
  if (start === 'letters' && !isPrefix(word, /\S*$/.exec(text.slice(0, from))?.[0] ?? '')) return false;
  if (end === 'letters' && !isSuffix(word, /^\S*/.exec(text.slice(to))?.[0] ?? '')) return false;
  return (start !== 'unspaced' && end !== 'unspaced') || isWordInUnspaced(haystack, word, { from, to });
}

/** What a place between two characters is: an edge, the inside of letters or a number, or one that needs a dictionary. */
function edgeAt(text: string, at: number): 'edge' | 'letters' | 'unspaced' | 'never' {
  if (at === 0 || at === text.length) return 'edge';
  const before = lastChar(text, at);
  const after = String.fromCodePoint(text.codePointAt(at) as number);
  if (before === ' ' || after === ' ') return 'edge';
  if (MARK.test(after) || HAN_NUMERALS.test(before + after)) return 'never';
  const base = MARK.test(before) ? baseBefore(text, at) : before;
  if (!LETTER.test(base) || !LETTER.test(after)) return 'never';
  const [left, right] = [unspaced.test(base), unspaced.test(after)];
  if (left !== right) return 'edge';
  if (left) return 'unspaced';
  return isSpelledOn(base, after) ? 'edge' : 'letters';
}

/** A number before Hangul is a word of its own: 42개. */
function isSpelledOn(before: string, after: string): boolean {
  return /\p{N}/u.test(before) !== /\p{N}/u.test(after) && /\p{Script=Hangul}/u.test(before + after);
}

function isWordInUnspaced(haystack: Haystack, word: string, { from, to }: Span): boolean {
  haystack.breaks ??= new Set(wordBreaks(haystack.text));
  const { text, breaks } = haystack;
  const start = breakBefore(breaks, from);
  const end = breakAfter(breaks, to, text.length);
  if (start === from && end === to) return !unspaced.test(word) || standsAlone(haystack, { from, to });
  for (let at = from + 1; at < to; at++) {
    if (breaks.has(at)) return hasUnspaced(word) && wordBreaks(word).length > 2;
  }
  return start === from && PLACE.test(text.slice(to, end));
}

/** A single character may be cut out of a foreign name (the 和 of 温得和克): its neighbours must be longer words, or say no more than "is". */
function standsAlone({ text, breaks = new Set() }: Haystack, { from, to }: Span): boolean {
  const before = text.slice(breakBefore(breaks, from - 1), from);
  const after = text.slice(to, breakAfter(breaks, to + 1, text.length));
  return [before, after].every((word) => word === '' || !unspaced.test(word) || SMALL_WORDS.test(word));
}

function breakBefore(breaks: Set<number>, at: number): number {
  while (at > 0 && !breaks.has(at)) at--;
  return at;
}

function breakAfter(breaks: Set<number>, at: number, end: number): number {
  while (at < end && !breaks.has(at)) at++;
  return at;
}

function lastChar(text: string, at: number): string {
  const low = text.charCodeAt(at - 1);
  return low >= 0xdc00 && low < 0xe000 ? text.slice(at - 2, at) : text[at - 1];
}

function baseBefore(text: string, at: number): string {
  let start = at;
  while (start > 0 && MARK.test(lastChar(text, start))) start--;
  return start === 0 ? '' : lastChar(text, start);
}
