import { codesOf } from './codes.js';
import { countSign } from './count-sign.js';
import { Flag } from './flags.js';
import { foldedHash } from './fold.js';
import { dropsFinalS, HASH_PRIME, HASH_SEED, hashStep } from './hash.js';
import { ASCII_KIND, FIRST_WORD_KIND, Kind, wideKind } from './kind.js';
import { lexiconAlias, lexiconAt, lexiconFlags } from './lexicon.js';
import { isMinus, isOrdinal, isThousands, joinsDot, numberHash } from './number-shape.js';
import { countPhrasesAt } from './phrase-book.js';
import type { Words } from './words.js';

/** A local copy, because an imported constant is looked up at every use. */
const PRIME = HASH_PRIME;
const SPACE = 32;
const DOT = 46;
const COMMA = 44;
const LETTER_E = 101;
const LETTER_I = 105;
const LETTER_S = 115;

/**
 * Adds the words of a text to `out`, in one pass and without allocation for ASCII. Hyphens separate words. Apostrophes
 * are removed ("don't" becomes "dont"), and so is a possessive 's. "1,234.50" is the number 1234.5, "−5" keeps its
 * sign, "5km" becomes 5 and km. "U.S." and "J.K." are one word each.
 */
export function scanWords(text: string, out: Words): void {
  const length = text.length;
  const codes = codesOf(text);
  const first = out.n;
  let start = true;
  let phrased = 0;
  let i = 0;
  out.chars += length;
  while (i < length) {
    const code = codes[i];
    const kind = code < 128 ? ASCII_KIND[code] : wideKind(code);
    if (kind < FIRST_WORD_KIND) {
      i++;
      if (kind > Kind.SPACE && countSign(kind, out)) start = true;
      continue;
    }
    if (kind === Kind.HIGH && !isWidePair(text, codes, i)) {
      i += isLow(codes[i + 1]) ? 2 : 1;
      continue;
    }
    if (kind === Kind.SINGLE) {
      out.push(hashStep(HASH_SEED, code), start ? Flag.START : 0, i, i + 1);
      out.letters++;
      out.wide++;
      i++;
    } else {
      i = (kind <= Kind.UPPER && scanPlain(codes, length, i, start, out)) || scanWord(text, codes, i, start, out);
      phrased |= out.flags[out.n - 1];
    }
    out.ended = start = false;
  }
  if ((phrased & Flag.PHRASE) === 0) return;
  for (let w = first; w < out.n; w++) {
    if ((out.flags[w] & Flag.PHRASE) !== 0) countPhrasesAt(out.ids, w, out.n, out.phrases);
  }
}

/**
 * Reads a plain word: ASCII letters, of which only the first may be in upper case, followed by a space or a sign.
 * Returns where it ends, 0 if the word is not plain. Nearly all words are plain, so they have this fast path.
 */
function scanPlain(codes: Uint16Array, length: number, from: number, start: boolean, out: Words): number {
  const code = codes[from];
  const upper = code < 97 ? 1 : 0;
  let prev = HASH_SEED;
  let hash = hashStep(HASH_SEED, code | 32);
  let i = from + 1;
  let next = codes[i];
  for (; next >= 97 && next <= 122; next = codes[++i]) {
    prev = hash;
    hash = Math.imul(hash ^ next, PRIME); // hashStep
  }
  const size = i - from;
  if (i < length && next !== SPACE) {
    const kind = next < 128 ? ASCII_KIND[next] : wideKind(next);
    if (kind >= FIRST_WORD_KIND || kind === Kind.APOSTROPHE || (next === DOT && size === 1)) return 0;
  }
  if (size > 3 && codes[i - 1] === LETTER_S) {
    const before = codes[i - 2];
    if (before === LETTER_E && codes[i - 3] === LETTER_I) return 0;
    if (dropsFinalS(size, LETTER_S, before)) hash = prev;
  }
  out.letters += size;
  out.upper += upper;
  addWord(hash, start ? Flag.START : 0, upper, size, from, i, out);
  return i;
}

/** Looks a word up in the lexicon and adds it. It runs for every word, so its arguments are positional. */
function addWord(hash: number, known: number, upper: number, size: number, from: number, to: number, out: Words): void {
  let flags = known;
  let id = hash;
  const at = lexiconAt(hash);
  if (at >= 0) {
    // US, IT and WHO are names; us, it and who are not
    flags |= upper === size && size > 1 ? lexiconFlags(at) & ~Flag.STOP : lexiconFlags(at);
    id = lexiconAlias(at);
  }
  if (upper > 0 && (flags & Flag.STOP) === 0) flags |= Flag.NAME;
  out.push(id, flags, from, to);
}

/** Reads the word that begins at `from`, adds it, and returns where the next one may begin. */
function scanWord(text: string, codes: Uint16Array, from: number, start: boolean, out: Words): number {
  const length = text.length;
  let hash = HASH_SEED;
  let prev = HASH_SEED;
  let last = 0;
  let before = 0;
  let third = 0;
  let size = 0;
  let digits = 0;
  let upper = 0;
  let dots = 0;
  let isWide = false;
  let next = -1;
  let i = from;
  for (; i < length; i++) {
    let code = codes[i];
    const kind = code < 128 ? ASCII_KIND[code] : wideKind(code);
    if (kind === Kind.LOWER || kind === Kind.UPPER) {
      if (digits > 0 && digits + dots === size && !isOrdinal(codes, i)) break;
      if (kind === Kind.UPPER) {
        upper++;
        code |= 32;
      }
    } else if (kind === Kind.DIGIT) {
      digits++;
    } else if (kind === Kind.WIDE) {
      isWide = true;
    } else if (kind === Kind.HIGH && isWidePair(text, codes, i)) {
      isWide = true;
      i++;
    } else if (code === DOT && joinsDot(codes, i, digits > 0 && digits + dots === size)) {
      dots++;
      if (digits === 0) continue;
    } else if (code === COMMA && digits > 0 && digits === size && isThousands(codes, i)) {
      continue;
    } else if (kind === Kind.APOSTROPHE && isLetter(codes, i + 1)) {
      if ((codes[i + 1] | 32) !== LETTER_S || isLetter(codes, i + 2)) continue;
      next = i + 2;
      break;
    } else {
      break;
    }
    prev = hash;
    hash = hashStep(hash, code);
    third = before;
    before = last;
    last = code;
    size++;
  }
  out.digits += digits;
  out.letters += size - digits - (digits > 0 ? dots : 0);
  out.upper += upper;
  if (isWide) {
    out.wide++;
    const word = text.slice(from, i);
    hash = foldedHash(word);
    if (upper === 0 && word !== word.toLowerCase()) upper = 1;
  } else if (digits > 0 && digits + dots === size && dots < 2) {
    const negative = isMinus(codes, from);
    if (negative || dots === 1) hash = numberHash(text.slice(from, i), negative);
  } else if (last === LETTER_S && before === LETTER_E && third === LETTER_I) {
    hash = foldedHash(text.slice(from, i));
  } else if (dropsFinalS(size, last, before)) {
    hash = prev;
  }
  let flags = start ? Flag.START : 0;
  if (digits > 0 && isDigit(codes[from])) flags |= Flag.NUMBER;
  addWord(hash, flags, upper, size, from, i, out);
  return next === -1 ? i : next;
}

function isLetter(codes: Uint16Array, at: number): boolean {
  const code = codes[at];
  return (code < 128 ? ASCII_KIND[code] : wideKind(code)) >= FIRST_WORD_KIND;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isLow(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}

/** Whether the surrogate pair at `at` is a letter or a digit. */
function isWidePair(text: string, codes: Uint16Array, at: number): boolean {
  return isLow(codes[at + 1]) && /^[\p{L}\p{N}]/u.test(text.slice(at, at + 2));
}
