/** Lists within lists at most, so that no text can exhaust the stack. */
const DEEPEST = 200;

/** Thrown at the place where a text is no literal. */
export class NoLiteral extends Error {}

const NUMBER = /[+-]?(?:\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?|inf(?:inity)?|nan)(?![\w.])/iy;
const WORD = /(?:None|True|False)(?!\w)/y;
/** As numpy 2 writes its own numbers and texts. */
const WRAPPED = /(?:(?:np|numpy)\.\w+|array)\(/y;
/** What repr() writes behind the items of an array. */
const DTYPE = /\s*,\s*dtype=[\w.<>'|]+(?=\))/y;
const WORDS: Record<string, unknown> = { None: null, True: true, False: false };
const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', '\n': '', a: '\x07', b: '\b', f: '\f', v: '\v' };

/**
 * What Python's repr() writes of lists, tuples, dicts, texts, numbers, True, False and None, as pandas puts it into a cell;
 * between the items of a list commas may be missing, as numpy has it. NaN is missing (null). Nothing is run. Error: NoLiteral.
 */
export function pythonLiteral(text: string): unknown {
  let at = 0;
  const fail = (): never => {
    throw new NoLiteral(`no Python literal at character ${at + 1}`);
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
