import { isNear } from '../../data/label/number/near.js';
import type { AskedSum } from './asked-sum.js';
import { type Computed, expressionBefore, expressionFrom } from './expression.js';

/** The number of equations in a text that are about the question, and how many of them are false. */
export interface Equations {
  n: number;
  wrong: number;
}

const left: Computed = { value: 0, from: 0, to: 0 };
const right: Computed = { value: 0, from: 0, to: 0 };

/**
 * Checks the calculations of a text. At each "=" it compares the expression of numbers (+ − × ÷ ^ and brackets) before
 * the sign with the one after it. "10 / 3 = 3.33" is true, because the right side counts as rounded to its last
 * decimal. Equations with a variable or a unit, such as "x = 5", are skipped.
 *
 * An equation counts only if it is about the question: its numbers are from the question or are results of earlier
 * equations. If the question asks for one plain calculation, the operators must be those of that calculation, and true
 * equations count only if some expression of the text has the requested result. `asked` is called at the first
 * equation, and results are added to its numbers. Cost: nothing without "="; otherwise 80 characters around each sign,
 * and the question once.
 */
export function checkEquations(text: string, asked: () => AskedSum, found: Equations): void {
  found.n = found.wrong = 0;
  let reached = false;
  for (let sign = text.indexOf('='); sign >= 0; sign = text.indexOf('=', sign + 1)) {
    expressionBefore(text, sign, left);
    if (Number.isNaN(left.value)) continue;
    expressionFrom(text, sign + 1, right);
    if (Number.isNaN(right.value)) continue;
    const sum = asked();
    const expression = text.slice(left.from, left.to);
    const result = text.slice(right.from, right.to);
    const reaches = sum.values.some((value) => isNear(left.value, value));
    if (expression.trim() === result.trim() || (!reaches && !isAbout(expression, sum))) continue;
    learn(result, sum);
    reached ||= reaches;
    found.n++;
    const half = 0.5 * 10 ** -decimalsBefore(text, right.to);
    if (!(Math.abs(left.value - right.value) <= half + 1e-9 * Math.abs(left.value))) found.wrong++;
  }
  if (!reached && found.n > 0 && asked().values.length > 0) found.n = found.wrong;
}

/** Whether an expression has only known numbers, none more often than it is known, and only requested operators. */
function isAbout(expression: string, { numbers, operators }: AskedSum): boolean {
  const used = new Map<number, number>();
  for (const value of numbersOf(expression)) used.set(value, (used.get(value) ?? 0) + 1);
  for (const [value, times] of used) if ((numbers.get(value) ?? 0) < times) return false;
  return operators === null || operatorsOf(expression).every((operator) => operators.includes(operator));
}

/** Adds the numbers of a result to the known numbers. */
function learn(result: string, { numbers }: AskedSum): void {
  for (const value of numbersOf(result)) numbers.set(value, (numbers.get(value) ?? 0) + 1);
}

function numbersOf(expression: string): number[] {
  return (expression.match(/\d(?:[\d,]*\d)?(?:\.\d+)?/g) ?? []).map((digits) => Number(digits.replaceAll(',', '')));
}

function operatorsOf(expression: string): string[] {
  const plain = expression.replaceAll(/[×x]/g, '*').replaceAll('÷', '/').replaceAll('−', '-');
  return [...plain.matchAll(/(?<=[\d)]\s*)[-+*/^]/g)].map(([operator]) => operator);
}

/** Decimals of the number that ends before a place. */
function decimalsBefore(text: string, end: number): number {
  let i = end - 1;
  while (isDigit(text.charCodeAt(i))) i--;
  return text.charCodeAt(i) === 46 ? end - 1 - i : 0;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
