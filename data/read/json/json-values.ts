import { constants, isUtf8 } from 'node:buffer';
import { append } from '../../../support/append.js';
import { VouchError } from '../../../support/errors.js';

/** One JSON value as text, and the line where it begins, counted from 1. */
export interface JsonValue {
  text: string;
  line: number;
  /** The value contained bytes that are not UTF-8; they were replaced in the text. */
  isDamaged?: true;
  /** Set if the value is a line that is too long: its length in bytes. The text is then only its beginning. */
  longer?: number;
}

/**
 * Cuts a UTF-8 stream into its top-level JSON values, whether pretty-printed, concatenated or one per line; yields
 * those of one chunk at a time. Of a top-level array it yields the elements. Values are cut where the brackets outside
 * of strings are balanced. Damage becomes values that cannot be parsed: an unbalanced rest becomes one last value, an
 * array without its end leaves its `[`, and stray text becomes a value of its own. Commas between values and byte order
 * marks are skipped. Linear time; memory: one chunk and one value. Error: BAD_JSON for a value longer than a string can
 * be.
 */
export async function* jsonValuesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<JsonValue[]> {
  const cutter = newJsonCutter();
  for await (const chunk of chunks) {
    const values = cutter.take(chunk);
    if (values.length > 0) yield values;
  }
  const rest = cutter.end();
  if (rest.length > 0) yield rest;
}

/** Cuts values out of chunks that arrive one after another. `end` returns the rest and resets the cutter. */
interface JsonCutter {
  take(chunk: Buffer): JsonValue[];
  end(): JsonValue[];
}

type State = 'between' | 'nested' | 'string' | 'bare';

const NEWLINE = 10;
const QUOTE = 34;
const COMMA = 44;
const BACKSLASH = 92;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

export function newJsonCutter(firstLine = 1): JsonCutter {
  let line = firstLine;
  let state: State = 'between';
  let depth = 0;
  let quoted = false;
  let escaped = false;
  let listLine = 0; // the line where the top-level array opened, 0 outside of one
  let valueLine = 0;
  let kept: Buffer[] = [];
  let keptLength = 0;

  function open(next: State): void {
    state = next;
    valueLine = line;
  }

  function close(values: JsonValue[], last: Buffer): void {
    const bytes = kept.length === 0 ? last : Buffer.concat([...kept, last]);
    const text = bytes.toString('utf8');
    kept = [];
    keptLength = 0;
    if (state === 'bare') append(values, bareValues(text, valueLine));
    else values.push(isUtf8(bytes) ? { text, line: valueLine } : { text, line: valueLine, isDamaged: true });
    state = 'between';
    depth = 0;
    quoted = false;
    escaped = false;
  }

  function keep(part: Buffer): void {
    kept.push(part);
    keptLength += part.length;
    if (keptLength <= constants.MAX_STRING_LENGTH) return;
    throw new VouchError('BAD_JSON', 'one JSON value is longer than a string can be', {
      line: valueLine,
      expected: `at most ${constants.MAX_STRING_LENGTH} bytes`,
      hint: 'Its brackets or quotes may be unbalanced. If not, store one object per line.',
    });
  }

  return {
    take(chunk) {
      const values: JsonValue[] = [];
      let start = 0;
      for (let i = 0; i < chunk.length; i++) {
        const byte = chunk[i];
        if (state === 'nested' || state === 'string') {
          if (byte === NEWLINE) line++;
          if (quoted) {
            if (escaped) escaped = false;
            else if (byte === BACKSLASH) escaped = true;
            else if (byte === QUOTE) {
              quoted = false;
              if (state === 'string') close(values, chunk.subarray(start, i + 1));
            }
          } else if (byte === QUOTE) quoted = true;
          else if (byte === OPEN_OBJECT || byte === OPEN_LIST) depth++;
          else if ((byte === CLOSE_OBJECT || byte === CLOSE_LIST) && --depth === 0) {
            close(values, chunk.subarray(start, i + 1));
          }
          continue;
        }
        const ends = endsBare(byte);
        if (state === 'bare' && ends) close(values, chunk.subarray(start, i));
        if (byte === NEWLINE) line++;
        else if (state === 'bare' || isBlank(byte) || byte === COMMA) continue;
        else if (byte === OPEN_LIST && listLine === 0) listLine = line;
        else if (byte === CLOSE_LIST && listLine > 0) listLine = 0;
        else {
          start = i;
          if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
            open('nested');
            depth = 1;
          } else if (byte === QUOTE) {
            open('string');
            quoted = true;
          } else {
            open('bare');
            if (ends) close(values, chunk.subarray(i, i + 1));
          }
        }
      }
      if (state !== 'between') keep(chunk.subarray(start));
      return values;
    },
    end() {
      const values: JsonValue[] = [];
      if (state !== 'between') close(values, Buffer.alloc(0));
      else if (listLine > 0) values.push({ text: '[', line: listLine });
      listLine = 0;
      return values;
    },
  };
}

/** Bytes that end a number, a word or stray text. */
function endsBare(byte: number): boolean {
  return (
    byte === NEWLINE ||
    byte === COMMA ||
    byte === QUOTE ||
    byte === OPEN_LIST ||
    byte === CLOSE_LIST ||
    byte === OPEN_OBJECT ||
    byte === CLOSE_OBJECT
  );
}

function isBlank(byte: number): boolean {
  return byte === 32 || byte === 9 || byte === 13 || byte === NEWLINE;
}

const SCALAR = /^(?:true|false|null|NaN|-?Infinity|-?\d[\d.eE+-]*)$/;

/**
 * Numbers and words become one value each; text that contains anything else becomes a single value. Blanks and byte
 * order marks give nothing.
 */
function bareValues(text: string, line: number): JsonValue[] {
  const trimmed = text.trim();
  if (trimmed === '') return [];
  const words = trimmed.split(/\s+/);
  return (words.every((word) => SCALAR.test(word)) ? words : [trimmed]).map((word) => ({ text: word, line }));
}
