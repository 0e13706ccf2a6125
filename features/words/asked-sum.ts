import type { FoundNumber } from '../../data/label/number/found-number.js';
import { numbersIn } from '../../data/label/number/numbers-in.js';
import { wordNumbersIn } from '../../data/label/number/word-numbers-in.js';
import { expressionsIn } from './expression.js';

/** The numbers and operators that a question gives to calculate with. */
export interface AskedSum {
  /** Numbers of the question and its context, without signs, each with how often one expression may contain it. */
  numbers: Map<number, number>;
  /**
   * If the question asks for one calculation with plain numbers and nothing else: its operators, of + - * / ^; else
   * null.
   */
  operators: string | null;
  /** The possible results of that calculation; empty where they are not known. */
  values: number[];
}

const OPERATORS: Record<string, string> = {};
const operatorWords = (operator: string, words: string) => {
  for (const word of words.split(' ')) OPERATORS[word] = operator;
};
operatorWords('+', 'plus add added adding addition sum total');
operatorWords('-', 'minus subtract subtracted subtracting subtraction less difference');
operatorWords('*', 'times multiply multiplied multiplying multiplication product x');
operatorWords('/', 'divide divided dividing division quotient');
operatorWords('^', 'power squared cubed');

/** Words that may surround a calculation without turning it into a word problem. English. */
const around = new Set(
  `what whats s is are the a an of and to by from up if you i we get do does how much calculate compute evaluate
  find solve work out give tell me please can could answer result value equal equals sum problem question
  following in with between when it q number numbers final only just raised hi hello thanks thank`.split(/\s+/),
);
/** Words that imply numbers, and these numbers. English. */
const IMPLIED: [RegExp, readonly number[]][] = [
  [/\b(half|halves|halved|twice|doubles?|doubled|both|pairs?|couple|squared?)\b/i, [2]],
  [/\b(thirds?|triples?|tripled|thrice|cubed?)\b/i, [3]],
  [/\bquarters?\b/i, [4, 25]],
  [/\bdozens?\b/i, [12]],
  [/\b(average|mean)\b/i, [2, 3, 4, 5]],
  [/%|\b(per\s?cent|percentage)\b|\b(dollars?|cents?|euros?|pounds?)\b|\$/i, [100]],
  [/\b(hours?|minutes?|seconds?|mins?|hrs?)\b/i, [60]],
  [/\b(days?|daily)\b/i, [7, 24]],
  [/\bweek(s|ly|days?)?\b/i, [7, 4, 52]],
  [/\bmonth(s|ly)?\b/i, [12, 30, 4]],
  [/\b(years?|yearly|annual(ly)?)\b/i, [12, 52, 365]],
  [/\b(feet|foot|inch(es)?|yards?)\b/i, [12, 3]],
  [/\b(kg|km|kilo\w*|grams?|met(er|re)s?|lit(er|re)s?|ml|mm|cm)\b/i, [100, 1000]],
];
/** After a number: words that show that it describes the length or precision of the answer. */
const OF_FORM =
  /^\s*-?\s*(words?|sentences?|lines?|paragraphs?|bullets?|points?|characters?|letters?|steps?|decimals?|digits?)\b/i;
const REPEATS = /\b(squared?|cubed?|power)\b|[²³]/i;

/** Reads a question, and the texts given with it. Of the texts only the numbers count, not the words. */
export function askedSum(question: string, texts: readonly string[]): AskedSum {
  const numbers = new Map<number, number>();
  const found = numbersOf(question);
  for (const number of found) addAll(numbers, question, number);
  for (const text of texts) for (const number of numbersOf(text)) addAll(numbers, text, number);
  for (const [words, values] of IMPLIED) if (words.test(question)) for (const value of values) add(numbers, value);
  if (REPEATS.test(question)) for (const value of numbers.keys()) numbers.set(value, 3);
  const operators = bareOperators(question, found);
  return { numbers, operators, values: operators === null ? [] : valuesOf(question, found, operators) };
}

/** Numbers in digits and in English words, without those that describe the form of the answer. */
function numbersOf(text: string): FoundNumber[] {
  const found = numbersIn(text);
  const words = wordNumbersIn(text).filter(({ at }) => found.every((number) => number.at !== at));
  return [...found, ...words].filter(({ end }) => !OF_FORM.test(text.slice(end, end + 14)));
}

function addAll(numbers: Map<number, number>, text: string, { value, elsewhere, percent, at, end }: FoundNumber): void {
  add(numbers, Math.abs(value));
  if (elsewhere !== undefined) add(numbers, Math.abs(elsewhere.value));
  if (percent) add(numbers, Math.abs(value) / 100);
  const pieces = text.slice(at, end).match(/\d+(?:\.\d+)?/g) ?? [];
  if (pieces.length > 1) for (const piece of pieces) add(numbers, Number(piece));
}

function add(numbers: Map<number, number>, value: number): void {
  numbers.set(value, (numbers.get(value) ?? 0) + 1);
}

/** The operators of a question that consists only of numbers, signs and words for calculating; null for any other. */
function bareOperators(question: string, found: readonly FoundNumber[]): string | null {
  let rest = question;
  for (const { at, end } of [...found].sort((a, b) => b.at - a.at)) rest = `${rest.slice(0, at)} 0 ${rest.slice(end)}`;
  let operators = '';
  for (const [word] of rest.toLowerCase().matchAll(/\p{L}+/gu)) {
    if (OPERATORS[word] !== undefined) operators += OPERATORS[word];
    else if (!around.has(word)) return null;
  }
  for (const [signs, operator] of SIGNS) if (signs.test(question)) operators += operator;
  return operators === '' || found.length < 2 ? null : operators;
}

const SIGNS: [RegExp, string][] = [
  [/\+/, '+'],
  [/\d\s*[-−–]\s*[\d(]|\)\s*[-−–]/, '-'],
  [/[*×⋅·]/, '*'],
  [/[/÷⁄]/, '/'],
  [/\^|\*\*|[²³]/, '^'],
];

function valuesOf(question: string, found: readonly FoundNumber[], operators: string): number[] {
  const written = expressionsIn(question);
  if (written.length > 0) return written;
  const kinds = new Set(operators);
  const [first, ...others] = found.map(({ value }) => value);
  if (kinds.size > 1) return [];
  if (kinds.has('+')) return [others.reduce((sum, value) => sum + value, first)];
  if (kinds.has('*')) return [others.reduce((product, value) => product * value, first)];
  if (others.length > 1) return [];
  const [second] = others;
  if (kinds.has('-')) return [first - second, second - first];
  return kinds.has('/') ? [first / second, second / first] : [];
}
