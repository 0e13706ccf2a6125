import { VouchError } from '../../../support/errors.js';
import { isEscaped } from './outside-strings.js';

/**
 * The most lists and objects that may lie within each other in JSON that is read. Logs use some ten; what walks or prints a value
 * by recursion, here and in its readers, ends the run at some thousands.
 */
export const DEEPEST = 500;

const QUOTE = 34;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/** Characters above which the text is looked at first: JSON.parse takes a microsecond and 100 bytes for each level. */
const LONG = 2 ** 20;

/**
 * JSON.parse of what others wrote; refuses what is nested too deeply, so that no reader has to mind how deep a value is. Cost
 * beside JSON.parse: a look at each list and object. Errors: BAD_JSON for the depth; else those of JSON.parse.
 */
export function boundedJson(text: string): unknown {
  if (text.length > LONG && isDeeperText(text)) throw tooDeep();
  const value: unknown = JSON.parse(text);
  if (text.length <= 2 * DEEPEST || typeof value !== 'object' || value === null) return value;
  if (!isDeeper(value, DEEPEST - 1)) return value;
  throw tooDeep();
}

/** What is said of JSON that is nested too deeply. */
export function tooDeep(): VouchError {
  return new VouchError('BAD_JSON', 'is nested too deeply', {
    expected: `at most ${DEEPEST} lists and objects within each other`,
  });
}

/** Whether brackets outside of strings open more than `DEEPEST` levels. */
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

/** Whether something within `value` is more than `left` levels down. */
function isDeeper(value: object, left: number): boolean {
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const inner: unknown = value[i];
      if (typeof inner === 'object' && inner !== null && (left === 0 || isDeeper(inner, left - 1))) return true;
    }
    return false;
  }
  for (const key in value) {
    const inner: unknown = (value as Record<string, unknown>)[key];
    if (typeof inner === 'object' && inner !== null && (left === 0 || isDeeper(inner, left - 1))) return true;
  }
  return false;
}
