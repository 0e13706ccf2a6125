/** Maximum depth of nested lists, so that no text can exhaust the stack. */
const DEEPEST = 200;

/** Thrown where a text is not a literal. */
export class NoLiteral extends Error {}

const NUMBER = /[+-]?(?:\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?|inf(?:inity)?|nan)(?![\w.])/iy;
const WORD = /(?:None|True|False)(?!\w)/y;
/** How numpy 2 prints its own numbers and strings. */
const WRAPPED = /(?:(?:np|numpy)\.\w+|array)\(/y;
/** What repr() prints after the items of an array. */
const DTYPE = /\s*,\s*dtype=[\w.<>'|]+(?=\))/y;
const WORDS: Record<string, unknown> = { None: null, True: true, False: false };
const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', '\n': '', a: '\x07', b: '\b', f: '\f', v: '\v' };

/**
 * Parses what Python's repr() prints for lists, tuples, dicts, strings, numbers, True, False and None; pandas writes
 * such text into cells. Commas between the items of a list may be missing, as numpy prints them. NaN is missing (null).
 * No code is run. Error: NoLiteral.
 */
export function pythonLiteral(text: string): unknown {
  let at = 0;
  const fail = (): never => {
    throw new NoLiteral(`not a Python literal at character ${at + 1}`);
  };
  const match = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? null;
    if (found !== null) at += found.length;
    return found;
  };
  const blanks = (): void => {
    while (at < text.length && /\s/.test(text[at])) at++;
  };
  const take = (mark: string): boolean => {
    blanks();
    if (text[at] !== mark) return false;
    at++;
    return true;
  };
  const items = (close: string, deep: number): unknown[] => {
    const list: unknown[] = [];
    while (!take(close)) {
      if (at >= text.length) fail();
      list.push(value(deep));
      take(',');
    }
    return list;
  };
  const dict = (deep: number): Record<string, unknown> => {
    const entries: [string, unknown][] = [];
    while (!take('}')) {
      const key = value(deep);
      if (!['string', 'number'].includes(typeof key) || !take(':')) fail();
      entries.push([String(key), value(deep)]);
      if (!take(',') && text[at] !== '}') fail();
    }
    return Object.fromEntries(entries);
  };
  const quoted = (quote: string): string => {
    let out = '';
    for (at++; text[at] !== quote; at++) {
      if (at >= text.length) fail();
      if (text[at] !== '\\') {
        out += text[at];
        continue;
      }
      const code = match(/\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8})/y);
      if (code !== null) {
        const point = Number.parseInt(code.slice(2), 16);
        if (point > 0x10ffff) fail();
        out += String.fromCodePoint(point);
        at--;
        continue;
      }
      at++;
      const sign = text[at];
      if (sign === undefined) fail();
      out += ESCAPES[sign] ?? (/['"\\]/.test(sign) ? sign : `\\${sign}`);
    }
    at++;
    return out;
  };
  const value = (deep: number): unknown => {
    blanks();
    if (deep > DEEPEST) fail();
    const first = text[at];
    if (first === '[' || first === '(') {
      at++;
      return items(first === '[' ? ']' : ')', deep + 1);
    }
    if (first === '{') {
      at++;
      return dict(deep + 1);
    }
    if (first === "'" || first === '"') return quoted(first);
    const word = match(WORD);
    if (word !== null) return WORDS[word];
    if (match(WRAPPED) !== null) {
      const inner = value(deep + 1);
      match(DTYPE);
      return take(')') ? inner : fail();
    }
    const number = match(NUMBER);
    if (number === null) return fail();
    const amount = Number(number.replace(/inf(?:inity)?/i, 'Infinity'));
    return Number.isNaN(amount) ? null : amount;
  };
  const whole = value(0);
  blanks();
  return at < text.length ? fail() : whole;
}
