import { type Labeller, referencesOf } from './labeller.js';
import { type FoundNumber, numbersIn, plainOf } from './numbers-in.js';

/**
 * Numeric: 1 if the answer's number is a reference's, else 0. The answer's number is its only one; else the one after
 * "####", \boxed{ or "the answer is"; else the one after the last =; else its last. Equal to 1e-9, or to the decimals of the
 * reference where the answer gives more of them (3.14 and 3.1416); 5% is 5 and 0.05. null unless every reference is a number.
 */
export const numeric: Labeller = {
  name: 'numeric',
  aliases: ['number'],
  does: 'the number in the answer (the last, or the one after "the answer is" or =) is that of a reference',
  soft: false,
  of: (record) => {
    const references = referencesOf(record) ?? [];
    const right = references.flatMap(asNumber);
    if (right.length === 0 || right.length < references.length) return null;
    const given = numberOf(record.answer);
    return given !== null && right.some((reference) => isSame(given, reference)) ? 1 : 0;
  },
};

/** A reference that is a number: nothing but a word such as "about" before it, at most three words of unit behind; or one behind a cue. */
function asNumber(reference: string): FoundNumber | [] {
  const number = numberOf(reference);
  if (number === null) return [];
  if (/####|\\boxed\{/.test(reference)) return number;
  const text = plainOf(reference);
  const bare = /^\W*(?:(?:about|around|approximately|roughly|over|nearly)\W+)?$/i.test(text.slice(0, number.at));
  return bare && text.trim().split(/\s+/).length <= 4 && numbersIn(text).length === 1 ? number : [];
}

/** What announces the number meant, surest first; of each the last one counts. */
const CUES = [/####|\\boxed\{/g, /\banswer(?:\s+is|\s+was|\s*:)/gi, /=|≈|\bequals?\b/gi];

/** The number that a text gives as its answer; null where it holds none. */
export function numberOf(text: string): FoundNumber | null {
  const numbers = numbersIn(text);
  const plain = plainOf(text);
  if (numbers.length < 2) return numbers[0] ?? null;
  for (const cue of CUES) {
    const last = [...plain.matchAll(cue)].at(-1);
    const after = last === undefined ? undefined : numbers.find(({ at }) => at >= last.index + last[0].length);
    if (after !== undefined) return after;
  }
  return numbers[numbers.length - 1];
}

function isSame(given: FoundNumber, right: FoundNumber): boolean {
  if (isClose(given.value, right.value, given.decimals, right.decimals)) return true;
  if (given.percent === right.percent) return false;
  return given.percent ? isClose(given.value / 100, right.value, 0, 0) : isClose(given.value, right.value / 100, 0, 0);
}

function isClose(given: number, right: number, givenDecimals: number, rightDecimals: number): boolean {
  const rounds = rightDecimals > 0 && Number.isFinite(rightDecimals) && givenDecimals > rightDecimals;
  const slack = rounds ? 0.5 * 10 ** -rightDecimals : 0;
  return Math.abs(given - right) <= slack + 1e-9 * Math.max(1, Math.abs(right));
}
