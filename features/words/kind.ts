/**
 * The kinds of UTF-16 code units that the word scanner distinguishes. ASCII has a table; the others are looked up in a
 * table that is filled on demand. Letters, digits and marks follow Unicode's categories. Each letter of a script
 * without spaces (Chinese, Japanese, Thai, Lao, Khmer) is a word. Fullwidth forms and Unicode dashes and quotes count
 * as the ASCII signs that they look like.
 */
export const Kind = {
  OTHER: 0,
  SPACE: 1,
  NEWLINE: 2,
  STOP: 3,
  QUESTION: 4,
  COMMA: 5,
  QUOTE: 6,
  APOSTROPHE: 7,
  BRACKET: 8,
  DASH: 9,
  LOWER: 10,
  UPPER: 11,
  DIGIT: 12,
  /** A letter, digit or mark beyond ASCII. Its word is scanned by the slower path. */
  WIDE: 13,
  /** A letter that is a word of its own. */
  SINGLE: 14,
  /** The first half of a surrogate pair. */
  HIGH: 15,
} as const;

/** Code units of this kind or a greater one belong to words. */
export const FIRST_WORD_KIND = Kind.LOWER;

export const ASCII_KIND = asciiKinds();

function asciiKinds(): Uint8Array {
  const kinds = new Uint8Array(128);
  for (let c = 97; c <= 122; c++) kinds[c] = Kind.LOWER;
  for (let c = 65; c <= 90; c++) kinds[c] = Kind.UPPER;
  for (let c = 48; c <= 57; c++) kinds[c] = Kind.DIGIT;
  const put = (chars: string, kind: number) => {
    for (const char of chars) kinds[char.charCodeAt(0)] = kind;
  };
  put(' \t\f\v', Kind.SPACE);
  put('\n\r', Kind.NEWLINE);
  put('.!;', Kind.STOP);
  put('?', Kind.QUESTION);
  put(',:', Kind.COMMA);
  put('"`', Kind.QUOTE);
  put("'", Kind.APOSTROPHE);
  put('()[]{}', Kind.BRACKET);
  put('-', Kind.DASH);
  return kinds;
}

const UNKNOWN = 255;
const wide = new Uint8Array(65536).fill(UNKNOWN);

/** The kind of a code unit ≥ 128. */
export function wideKind(code: number): number {
  const kind = wide[code];
  return kind === UNKNOWN ? (wide[code] = findKind(code)) : kind;
}

function findKind(code: number): number {
  if (code >= 0xd800 && code <= 0xdbff) return Kind.HIGH;
  const char = String.fromCharCode(code);
  if (
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u.test(char)
  ) {
    return Kind.SINGLE;
  }
  if (/[\p{L}\p{N}\p{M}]/u.test(char)) return Kind.WIDE;
  if (/\p{Zs}/u.test(char)) return Kind.SPACE;
  if (/[\u2028\u2029\u0085]/u.test(char)) return Kind.NEWLINE;
  if (/[‘’‛ʼ′＇]/u.test(char)) return Kind.APOSTROPHE;
  if (/[“”„«»‹›「」『』＂″]/u.test(char)) return Kind.QUOTE;
  if (/[。！．；…｡]/u.test(char)) return Kind.STOP;
  if (/[？؟]/u.test(char)) return Kind.QUESTION;
  if (/[，、：،]/u.test(char)) return Kind.COMMA;
  if (/[（）［］【】〔〕]/u.test(char)) return Kind.BRACKET;
  if (/[\p{Pd}−]/u.test(char)) return Kind.DASH;
  return Kind.OTHER;
}
