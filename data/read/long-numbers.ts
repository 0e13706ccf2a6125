import { outsideStrings } from './outside-strings.js';

/** A JSON text in which long numbers are marked texts, and what makes texts of digits (or numbers) of them once it is parsed. */
export interface LongNumbers {
  text: string;
  restore(value: unknown): unknown;
}

/** A whole number of 16 digits or more as the value of a key. Fails at the first digits of any other number. */
const LONG = /(:\s*)(-?[1-9]\d{15,})(?=\s*[,}])/;
const ALL = new RegExp(LONG, 'g');
/** Numbers under these keys stay numbers whatever is lost: quantities, not names. */
const QUANTITIES = new Set([
  ...['features', 'verifiers', 'choices', 'logprob', 'logprobs', 'value', 'weight', 'stated', 'temperature'],
]);

/**
 * Finds whole numbers that a double does not hold to the last digit, as the value of a key (`"id":1234567890123456789`): ids
 * that would fall together with their neighbours. They become texts of their digits. null where a text has none, which costs one
 * search. Elements of lists, and the fields of a record that hold quantities, are left as JSON.parse reads them.
 */
export function longNumbersIn(text: string): LongNumbers | null {
  if (!hasLongRun(text) || !LONG.test(text)) return null;
  let mark = 'long:';
  while (text.includes(mark)) mark += ':';
  let found = 0;
  const marked = outsideStrings(text, (part) =>
    part.replace(ALL, (whole, before: string, digits: string) => {
      if (String(Number(digits)) === digits) return whole;
      found++;
      return `${before}"${mark}${digits}"`;
    }),
  );
  if (found === 0) return null;
  return { text: marked, restore: (value) => restored(value, mark) };
}

/**
 * Whether 16 digits follow one another that are no decimals (most long runs are those of log-probabilities). Such a run has a digit at
 * every 16th place, so that one character in 16 is looked at, and few beside it.
 */
function hasLongRun(text: string): boolean {
  for (let at = RUN - 1; at < text.length; at += RUN) {
    if (!isDigit(text, at)) continue;
    let from = at;
    while (at - from < MOST_DECIMALS && isDigit(text, from - 1)) from--;
    if (text.charCodeAt(from - 1) === DOT) continue;
    let to = at + 1;
    while (to - from < RUN && isDigit(text, to)) to++;
    if (to - from >= RUN) return true;
  }
  return false;
}

const RUN = 16;
/** Decimals of a double are hardly more; the look to the left ends there. */
const MOST_DECIMALS = 20;
const DOT = 46;

/** False past both ends. */
function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
}

/** In place; a stack of its own, as JSON may be nested deeper than calls may. */
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
        within[key] = quantity ? Number(digits) : digits;
      } else enter(inner, quantity);
    }
  }
  return value;
}
