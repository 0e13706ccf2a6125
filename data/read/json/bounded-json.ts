import { VouchError } from '../../../support/errors.js';
import { isEscaped } from './outside-strings.js';

/**
 * Maximum depth of nested lists and objects in JSON. Logs need about ten. Code that walks or prints a value
 * recursively, here and in libraries, fails at a few thousand.
 */
export const DEEPEST = 500;

const QUOTE = 34;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/**
 * Texts with more characters are scanned before they are parsed: JSON.parse takes a microsecond and 100 bytes for each
 * level.
 */
const LONG = 2 ** 20;

/**
 * JSON.parse for text from outside. It refuses what is nested too deeply, so that no reader has to check the depth.
 * Cost besides JSON.parse: one visit of each list and object. Errors: BAD_JSON for the depth; else those of JSON.parse.
 */
export function boundedJson(text: string): unknown {
  if (text.length > LONG && isDeeperText(text)) throw tooDeep();
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null) return value;
  if (isDeeper(value, DEEPEST - 1)) throw tooDeep();
  return value;
}

/**
 * Lets an object with a field `toString` be turned into text like any other: `String()` would call the field, and throw,
 * and stop whatever reads an id or a name that way.
 */
function makeShowable(value: object): void {
  Object.defineProperty(value, Symbol.toPrimitive, { value: () => '[object Object]' });
}

/** The error for JSON that is nested too deeply. */
export function tooDeep(): VouchError {
  return new VouchError('BAD_JSON', 'is nested too deeply', {
    expected: `at most ${DEEPEST} nested lists and objects`,
  });
}

/** Whether brackets outside of strings are nested more than `DEEPEST` levels deep. */
function isDeeperText(text: string): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) {
      i = text.indexOf('"', i + 1);
      while (i > 0 && isEscaped(text, i)) i = text.indexOf('"', i + 1);
      if (i < 0) return false;
    } else if (code === OPEN_LIST || code === OPEN_OBJECT) {
      if (++depth > DEEPEST) return true;
    } else if (code === CLOSE_LIST || code === CLOSE_OBJECT) depth--;
  }
  return false;
}

/** Whether `value` contains something more than `left` levels down. On the way, makes objects with a field `toString` showable. */
function isDeeper(value: object, left: number): boolean {
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const inner: unknown = value[i];
      if (typeof inner === 'object' && inner !== null && (left === 0 || isDeeper(inner, left - 1))) return true;
    }
    return false;
  }
  for (const key in value) {
    if (key === 'toString') makeShowable(value);
    const inner: unknown = (value as Record<string, unknown>)[key];
    if (typeof inner === 'object' && inner !== null && (left === 0 || isDeeper(inner, left - 1))) return true;
  }
  return false;
}
