import { outsideStrings } from './outside-strings.js';

/**
 * A JSON text in which long numbers are replaced by marked strings, and the function that turns these back after
 * parsing.
 */
interface LongNumbers {
  text: string;
  restore(value: unknown): unknown;
}

/** A whole number of 16 digits or more as the value of a key. The pattern fails early on any other number. */
const LONG = /(:\s*)(-?[1-9]\d{15,})(?=\s*[,}])/;
const ALL = new RegExp(LONG, 'g');
/** Numbers under these keys always stay numbers, even if digits are lost: they are quantities, not names. */
const QUANTITIES = new Set([
  ...['features', 'verifiers', 'choices', 'logprob', 'logprobs', 'value', 'weight', 'stated', 'temperature'],
]);

/**
 * Finds whole numbers beyond 2^53 that are the value of a key (`"id":1234567890123456789`). These are ids: as a double
 * they lose digits, and neighbouring ids become equal. They become strings of their digits, also those that a double
 * happens to represent exactly. Null if the text has no such number. Elements of lists, and fields of a record that are
 * quantities, are left to JSON.parse.
 */
export function longNumbersIn(text: string): LongNumbers | null {
  if (!LONG.test(text)) return null;
  let mark = 'long:';
  while (text.includes(mark)) mark += ':';
  let found = 0;
  const marked = outsideStrings(text, (part) =>
    part.replace(ALL, (whole, before: string, digits: string) => {
      if (Number.isSafeInteger(Number(digits))) return whole;
      found++;
      return `${before}"${mark}${digits}"`;
    }),
  );
  if (found === 0) return null;
  return { text: marked, restore: (value) => restored(value, mark) };
}

/**
 * Keys of ids. Their numbers become text even if a double represents them exactly; other such numbers (for example
 * nanoseconds) stay numbers.
 */
const NAMES = /id$|^(?:group|session|conversation|key)$/i;

/** Keys of tokens and vectors: many numbers, none of which is a name. */
const NUMBERS = new Set([
  'tokens',
  'top',
  'top_logprobs',
  'bytes',
  'embedding',
  'embeddings',
  'token_ids',
  ...QUANTITIES,
]);

/** Whether a parsed value contains, under a key that may name something, a whole number that may have lost digits. */
export function holdsLongNumber(value: unknown): boolean {
  if (value === null || typeof value !== 'object') return false;
  const open: object[] = [value];
  for (let within = open.pop(); within !== undefined; within = open.pop()) {
    for (const key in within) {
      const inner = (within as Record<string, unknown>)[key];
      if (typeof inner === 'number') {
        if ((inner > Number.MAX_SAFE_INTEGER || inner < Number.MIN_SAFE_INTEGER) && Number.isInteger(inner))
          return true;
      } else if (inner !== null && typeof inner === 'object' && !NUMBERS.has(key)) open.push(inner);
    }
  }
  return false;
}

/** Changes the value in place. Uses its own stack, because JSON may be nested deeper than function calls may. */
function restored(value: unknown, mark: string): unknown {
  const open: { within: Record<string, unknown>; quantities: boolean }[] = [];
  const enter = (inner: unknown, quantities: boolean): void => {
    if (inner !== null && typeof inner === 'object') {
      open.push({ within: inner as Record<string, unknown>, quantities });
    }
  };
  enter(value, false);
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const { within, quantities } = at;
    for (const key of Object.keys(within)) {
      const inner = within[key];
      const quantity = quantities || QUANTITIES.has(key);
      if (typeof inner === 'string' && inner.startsWith(mark)) {
        const digits = inner.slice(mark.length);
        const isHeld = !NAMES.test(key) && String(Number(digits)) === digits;
        within[key] = quantity || isHeld ? Number(digits) : digits;
      } else enter(inner, quantity);
    }
  }
  return value;
}
