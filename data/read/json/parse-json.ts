import { VouchError } from '../../../support/errors.js';
import { boundedJson } from './bounded-json.js';
import { holdsLongNumber, longNumbersIn } from './long-numbers.js';
import { outsideStrings } from './outside-strings.js';

/**
 * Parses JSON, including the bare NaN, Infinity and -Infinity that Python writes: NaN becomes null (missing), the
 * infinities are kept. Whole numbers that a double cannot represent (64-bit ids) become strings of their digits, see
 * `longNumbersIn`. Plain JSON costs one JSON.parse and a scan for long numbers; only lines that fail, or have long
 * numbers, are changed and parsed again. Throws as `boundedJson` does.
 */
export function parseJson(text: string): unknown {
  const value = parsed(text);
  const long = holdsLongNumber(value) ? longNumbersIn(text) : null;
  return long === null ? value : long.restore(parsed(long.text));
}

function parsed(text: string): unknown {
  try {
    return boundedJson(text);
  } catch (error) {
    if (error instanceof VouchError || !(text.includes('NaN') || text.includes('Infinity'))) throw error;
    const mended = outsideStrings(text, (part) =>
      part.replace(/-?\b(?:NaN|Infinity)\b/g, (word) => BARE[word] ?? word),
    );
    if (mended === text) throw error;
    return boundedJson(mended);
  }
}

/** A number that is too large for a double is read as infinity. */
const BARE: Record<string, string> = { NaN: 'null', Infinity: '1e999', '-Infinity': '-1e999' };
