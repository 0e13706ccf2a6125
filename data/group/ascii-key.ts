/** The kinds of ASCII characters in a question. */
const OTHER = 0;
const LETTER = 1;
const DIGIT = 2;
/** Symbols that are not punctuation. */
const SIGN = 3;
/** A dash or slash: a symbol if a number or bracket follows. */
const DASH = 4;
/** A point, comma or colon: part of a number if it is between digits. */
const POINT = 5;
const APOSTROPHE = 6;
const SPACE = 7;

const kinds = new Uint8Array(128);
for (const [kind, characters] of [
  [LETTER, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'],
  [DIGIT, '0123456789'],
  [SIGN, '$+<=>^`|~%*#&@\\'],
  [DASH, '-/'],
  [POINT, '.,:'],
  [APOSTROPHE, "'"],
  [SPACE, ' \t\n\v\f\r'],
] as const) {
  for (let i = 0; i < characters.length; i++) kinds[characters.charCodeAt(i)] = kind;
}

const BLANK = 0x20;
const COMMA = 0x2c;
const FULL_STOP = 0x2e;
const BRACKET = 0x28;

/** Texts up to this length use a shared buffer. A key takes at most two bytes per character. */
const ROOM = 8192;
const reused = Buffer.alloc(2 * ROOM);

/**
 * Words, numbers and symbols of an ASCII text in order, as the expressions in near-key.ts find them, in one pass over
 * its characters. null if a character is not ASCII.
 */
export function asciiKey(text: string): string | null {
  const out = text.length <= ROOM ? reused : Buffer.alloc(2 * text.length);
  let size = 0;
  let isWord = false; // the previous character belongs to a word or number
  let isFraction = false; // it comes after a point in a number: only digits may follow
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127) return null;
    const kind = kinds[code];
    if (kind === LETTER || kind === DIGIT) {
      if (!isWord || (isFraction && kind === LETTER)) {
        if (size > 0) out[size++] = BLANK;
        isFraction = false;
      }
      out[size++] = kind === LETTER ? code | 0x20 : code;
      isWord = true;
    } else if (kind === POINT && isWord && isInNumber(text, i)) {
      if (code === COMMA && isThousands(text, i)) continue;
      out[size++] = code;
      isFraction = true;
    } else if (!isWord || !isLeftOut(text, i, code)) {
      isWord = false;
      if (kind !== SIGN && !(kind === DASH && isMinus(text, i))) continue;
      if (size > 0) out[size++] = BLANK;
      out[size++] = code;
    }
  }
  return out.toString('latin1', 0, size);
}

/** The kind of the character at an index; OTHER outside the text and outside ASCII. */
function kindAt(text: string, i: number): number {
  const code = text.charCodeAt(i);
  return code < 128 ? kinds[code] : OTHER;
}

function isInNumber(text: string, i: number): boolean {
  return kindAt(text, i - 1) === DIGIT && kindAt(text, i + 1) === DIGIT;
}

/** Whether exactly three digits follow. */
function isThousands(text: string, i: number): boolean {
  return kindAt(text, i + 2) === DIGIT && kindAt(text, i + 3) === DIGIT && kindAt(text, i + 4) !== DIGIT;
}

/**
 * Whether a character is dropped: an apostrophe between letters (don't), or a full stop between single letters (U.S.).
 */
function isLeftOut(text: string, i: number, code: number): boolean {
  if (kindAt(text, i - 1) !== LETTER || kindAt(text, i + 1) !== LETTER) return false;
  return kinds[code] === APOSTROPHE || (code === FULL_STOP && !isAlnum(text, i - 2) && !isAlnum(text, i + 2));
}

function isAlnum(text: string, i: number): boolean {
  const kind = kindAt(text, i);
  return kind === LETTER || kind === DIGIT;
}

function isMinus(text: string, i: number): boolean {
  let next = i + 1;
  while (kindAt(text, next) === SPACE) next++;
  return kindAt(text, next) === DIGIT || text.charCodeAt(next) === BRACKET;
}
