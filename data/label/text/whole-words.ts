import { isPrefix, isSuffix } from './affixes.js';
import { isInLongerName, type Span } from './country-names.js';
import { hasUnspaced, UNSPACED, wordBreaks } from './segments.js';

/** A normalised text to search for words; its word breaks are computed when they are first needed. */
export interface Haystack {
  text: string;
  breaks?: Breaks;
}

/** For each index of a text, the word break at or before it, and the one at or after it. */
interface Breaks {
  before: Int32Array;
  after: Int32Array;
}

const LETTER = /[\p{L}\p{M}\p{N}]/u;
const MARK = /^\p{M}/u;
const HAN_NUMERALS = /^[〇零一二三四五六七八九十百千万萬億亿兆两]{2}$/;
const unspaced = new RegExp(`^[${UNSPACED}]$`, 'u');
const SMALL_WORDS = /^[是为為的了和与在有也叫用はがをにのとでもへやか]$/;
/** Characters that may follow a place name within one dictionary word: 四川省, 富士山. */
const PLACE = /^(?:[市县縣県省州国國都府道区區郡町村镇鎮岛島山河川江湖海港])$/;
/** Words that may come before it: Thai, Lao and Khmer for land, city, river. */
const LAND = /^(?:ประเทศ|เมือง|กรุง|จังหวัด|เกาะ|แม่น้ำ|ປະເທດ|ເມືອງ|ນະຄອນ|ប្រទេស|ទីក្រុង|ក្រុង|ខេត្ត)$/;

/**
 * Where a word or several words occur as whole words. Words end at spaces, and where a script with spaces meets one
 * without (42个). Within a script without spaces they end where the dictionary says. A word that the dictionary does not
 * know, typically a foreign name, may be split anywhere; it is found everywhere except inside a longer known word.
 */
export function* spansOf(haystack: Haystack, word: string): Generator<Span> {
  if (word === '') return;
  for (let from = haystack.text.indexOf(word); from >= 0; from = haystack.text.indexOf(word, from + 1)) {
    const span = { from, to: from + word.length };
    if (isWhole(haystack, word, span)) yield span;
  }
}

function isWhole(haystack: Haystack, word: string, { from, to }: Span): boolean {
  const { text } = haystack;
  const start = edgeAt(text, from);
  const end = edgeAt(text, to);
  if (start === 'never' || end === 'never') return false;
  if (start === 'letters' && !isPrefix(word, beforeIn(text, from))) return false;
  if (end === 'letters' && !isSuffix(word, afterIn(text, to))) return false;
  if (start !== 'unspaced' && end !== 'unspaced') return true;
  return isWordInUnspaced(haystack, word, { from, to }) && !isInLongerName(text, word, { from, to });
}

/** Longest affix in characters. */
const AFFIX = 12;

/** The letters between an index and the space before it (after it), limited to those nearest to the index. */
function beforeIn(text: string, at: number): string {
  const near = text.slice(Math.max(0, at - AFFIX - 1), at);
  return near.slice(near.lastIndexOf(' ') + 1);
}

function afterIn(text: string, at: number): string {
  return text.slice(at, at + AFFIX + 1).split(' ', 1)[0];
}

/**
 * What is at an index between two characters: an edge of a word (`edge`), the inside of letters (`letters`) or of a
 * number (`never`), or a place that needs a dictionary (`unspaced`).
 */
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

/** Whether a number meets Hangul, where it is a word of its own: 42개. */
function isSpelledOn(before: string, after: string): boolean {
  return /\p{N}/u.test(before) !== /\p{N}/u.test(after) && /\p{Script=Hangul}/u.test(before + after);
}

function isWordInUnspaced(haystack: Haystack, word: string, { from, to }: Span): boolean {
  haystack.breaks ??= breaksOf(haystack.text);
  const { text, breaks } = haystack;
  const start = breaks.before[from];
  const end = breaks.after[to];
  if (start === from && end === to) return !unspaced.test(word) || standsAlone(text, breaks, { from, to });
  if (breaks.after[from + 1] < to) return hasUnspaced(word) && wordBreaks(word).length > 2;
  if (start === from) return PLACE.test(text.slice(to, end));
  return end === to && LAND.test(text.slice(start, from));
}

/**
 * Whether a single character is a word of its own. It may be part of a foreign name (the 和 of 温得和克), so its neighbours
 * must be longer words or function words.
 */
function standsAlone(text: string, breaks: Breaks, { from, to }: Span): boolean {
  const before = from - breaks.before[from - 1] === 1 ? text[from - 1] : '';
  const after = breaks.after[to + 1] - to === 1 ? text[to] : '';
  return [before, after].every((char) => !unspaced.test(char) || SMALL_WORDS.test(char));
}

function breaksOf(text: string): Breaks {
  const before = new Int32Array(text.length + 1);
  const after = new Int32Array(text.length + 1);
  const all = wordBreaks(text);
  for (let i = 1; i < all.length; i++) {
    before.fill(all[i - 1], all[i - 1], all[i]);
    after.fill(all[i], all[i - 1] + 1, all[i] + 1);
  }
  before[text.length] = text.length;
  return { before, after };
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
