import { maxOf } from '../../../support/extremes.js';
import { cuesIn, isDenied } from '../text/answer-cues.js';
import { usesDecimalComma } from './decimal-comma.js';
import type { FoundNumber } from './found-number.js';
import { lastBoxed } from './latex.js';
import { numbersOf, plainOf } from './numbers-in.js';
import { wordNumbersIn } from './word-numbers-in.js';

/**
 * The number that a text gives as its answer. In this order: the number in the last \boxed{…}; the only number; the
 * number after "####"; the number after the last "the answer is" in many languages; the number after the last = or "the
 * result is"; the last number. null if there is none, if the text denies it ("not 5"), or if it is not a plain number:
 * a range (5-7), several in a box, part of a term (2π, 3x).
 */
export function numberOf(text: string): FoundNumber | null {
  const boxed = lastBoxed(text);
  if (boxed !== null) return soleNumber(plainOf(boxed));
  const plain = withThousands(plainOf(text));
  const chosen = chosenIn(plain, numbersOf(plain));
  return chosen === undefined || !isPlain(plain, chosen) || isDenied(plain.slice(0, chosen.at)) ? null : chosen;
}

/**
 * The number in a text that consists of one: the part before the last = is ignored, only "about" may come before the
 * number, and only its unit after it.
 */
export function soleNumber(text: string): FoundNumber | null {
  const from = maxOf(['=', '≈'].map((sign) => text.lastIndexOf(sign))) + 1;
  const plain = text.slice(from);
  const numbers = numbersOf(plain);
  const [number] = numbers;
  if (numbers.length !== 1 || !ABOUT.test(plain.slice(0, number.at)) || !isPlain(plain, number)) return null;
  const rest = plain.slice(number.end).trim();
  if (/^[-+×÷*/^!<>]/.test(rest)) return null;
  return rest.split(/\s+/).length <= 3 && !/^\p{Script=Han}{5}/u.test(rest)
    ? { ...number, at: number.at + from }
    : null;
}

const ABOUT = new RegExp(
  [
    String.raw`^[^\p{L}\p{N}√∛±≠<>]*(?:(?:about|around|approximately|approx|roughly|over|nearly|circa|ca|etwa|rund`,
    String.raw`|environ|unos|около|约|約|大约|およそ|약|共|共有)[^\p{L}\p{N}√∛±]*)?$`,
  ].join(''),
  'iu',
);

/** Joins thousands separated by one space (12 345), if the language does so, or if the text has nothing else. */
function withThousands(plain: string): string {
  const isAlone = /^[^\d\p{L}]*\d{1,3} \d{3}[^\d\p{L}]*(?:\p{L}+[^\d\p{L}]*)?$/u.test(plain);
  if (!/\d \d{3}/.test(plain) || !(isAlone || usesDecimalComma(plain))) return plain;
  return plain.replace(/(?<![\d.,/^]|\d )([1-9]\d{0,2}) (?=\d{3}(?![\d/ ]\d))/g, '$1’');
}

/** Matches what announces the result of a step; the last one counts as the answer. */
const RESULT = new RegExp(
  [
    String.raw`=|≈|\bequals?\b|\bresult(?:\s+is|\s*:)|ergebnis(?:\s+ist|\s+lautet|\s*:)|résultat(?:\s+est|\s*:)`,
    String.raw`|resultado(?:\s+es|\s+é|\s*:)|risultato(?:\s+è|\s*:)|结果(?:是|为|[:：])|結果は|результат|итого`,
  ].join(''),
  'gi',
);

function chosenIn(plain: string, numbers: FoundNumber[]): FoundNumber | undefined {
  if (numbers.length < 2) return numbers[0];
  const marked = [...plain.matchAll(/####[\s*]*(?=[-−]?[$€£¥₹]?\s?[-−]?\.?\d)/g)].at(-1);
  if (marked !== undefined) return numbers.find(({ at }) => at >= marked.index);
  for (const { from, to, before } of cuesIn(plain).reverse()) {
    const named = inWordsToo(plain, numbers, from, to).filter(({ at }) => !isDenied(plain.slice(0, at)));
    if (named.length > 0) return before ? named[named.length - 1] : resultOf(plain, numbers, named[0]);
  }
  const equals = [...plain.matchAll(RESULT)].at(-1);
  const result = equals === undefined ? undefined : numbers.find(({ at }) => at >= equals.index + equals[0].length);
  return result ?? numbers[numbers.length - 1];
}

/** The numbers in a range of a text, including those in English words, except "one", which is mostly a pronoun. */
function inWordsToo(plain: string, numbers: FoundNumber[], from: number, to: number): FoundNumber[] {
  const words = wordNumbersIn(plain.slice(from, to)).filter(({ value }) => value !== 1);
  const inside = numbers.filter(({ at }) => at >= from && at < to);
  const added = words.map((word) => ({ ...word, at: word.at + from, end: word.end + from }));
  const isNew = ({ at, end }: FoundNumber) => !inside.some((other) => other.at < end && at < other.end);
  return [...inside, ...added.filter(isNew)].sort((a, b) => a.at - b.at);
}

/** The result of a chain of calculations: 7 in 3 + 4 = 7. The number itself if no chain starts with it. */
function resultOf(plain: string, numbers: FoundNumber[], first: FoundNumber): FoundNumber {
  let result = first;
  let at = numbers.indexOf(first);
  for (; at >= 0 && at + 1 < numbers.length; at++) {
    const between = plain.slice(numbers[at].end, numbers[at + 1].at);
    if (!/^[\s$€£()]*(?:\p{L}{1,12}\s*)?[-−+*×x·÷/=≈][\s$€£()]*$/u.test(between)) break;
    if (/[=≈]/.test(between)) result = numbers[at + 1];
  }
  return result;
}

/** Whether a number is complete in itself: neither an end of a range nor part of a term. */
function isPlain(plain: string, { at, end }: FoundNumber): boolean {
  const before = plain.slice(0, at);
  const after = plain.slice(end);
  if (/\d\s?[-–—~〜～−]$/.test(before) || /^\s?[-–—~〜～−]\d/.test(after)) return false;
  return !/[√∛^]\s?\(?$/.test(before) && !/^\s?[π√∛]|^[xyzn](?![\p{L}\p{M}])/u.test(after);
}
