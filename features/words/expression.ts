/** Maximal length of an expression, in characters. */
const REACH = 80;

let source = '';
let at = 0;
let end = 0;

/** The value of an expression, and where it begins and ends in its text. */
export interface Computed {
  value: number;
  from: number;
  to: number;
}

/** Computes the longest expression of plain numbers that ends at `place`; NaN where there is none with an operator. */
export function expressionBefore(text: string, place: number, into: Computed): void {
  source = text;
  into.value = valueBefore(place, into);
  into.to = place;
}

/** Computes the expression or number that begins at `place`, after any spaces; NaN where there is none. */
export function expressionFrom(text: string, place: number, into: Computed): void {
  source = text;
  at = place;
  end = at + REACH;
  into.value = sum();
  into.from = place;
  into.to = at;
}

/** The values of all expressions with an operator in a text: "What is (3 + 4) * 2?" has one, 14. */
export function expressionsIn(text: string): number[] {
  const values: number[] = [];
  source = text;
  for (let start = 0; start < text.length; start++) {
    const code = text.charCodeAt(start);
    if ((!isDigit(code) && code !== 40) || !mayBegin(start)) continue;
    at = start;
    end = at + REACH;
    const value = sum();
    if (!Number.isNaN(value) && hasOperator(start, at)) {
      values.push(value);
      start = at;
    }
    while (isDigit(source.charCodeAt(start + 1))) start++;
  }
  return values;
}

/** Whether a code unit may be part of an expression: digits, spaces, signs, x for times, and $, which is ignored. */
function isPart(code: number): boolean {
  return (code >= 40 && code <= 57) || code === 32 || code === 36 || code === 94 || code === 120 || isSign(code);
}

function isSign(code: number): boolean {
  return code === 0xd7 || code === 0xf7 || code === 0x2212;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function valueBefore(sign: number, into: Computed): number {
  const least = Math.max(0, sign - REACH);
  let start = sign;
  while (start > least && isPart(source.charCodeAt(start - 1))) start--;
  end = sign;
  for (; start < sign; start++) {
    const code = source.charCodeAt(start);
    if (!isDigit(code) && code !== 40 && code !== 45) continue;
    if (mayBegin(start)) {
      at = start;
      const value = sum();
      skip();
      into.from = start;
      if (at === sign && !Number.isNaN(value)) return hasOperator(start, sign) ? value : NaN;
    }
    while (start + 1 < sign && isDigit(source.charCodeAt(start + 1))) start++;
  }
  return NaN;
}

/**
 * Whether an expression may begin here: no letter, digit or operator directly before it (a list's bullet may be before
 * it).
 */
function mayBegin(start: number): boolean {
  let i = start - 1;
  const joined = source.charCodeAt(i);
  if (isDigit(joined) || joined > 127 || (joined | 32) >= 97) return false;
  while (source.charCodeAt(i) === 32 || source.charCodeAt(i) === 36) i--;
  const before = source.charCodeAt(i);
  if ((before === 45 || before === 42) && (i === 0 || source.charCodeAt(i - 1) === 10)) return true;
  return before !== 40 && before !== 41 && !isOperator(before);
}

function isOperator(code: number): boolean {
  return (code >= 42 && code <= 47 && code !== 44 && code !== 46) || code === 94 || code === 120 || isSign(code);
}

function hasOperator(from: number, to: number): boolean {
  for (let i = from + 1; i < to; i++) {
    if (isOperator(source.charCodeAt(i))) return true;
  }
  return false;
}

function skip(): void {
  while (source.charCodeAt(at) === 32 || source.charCodeAt(at) === 36) at++;
}

/** A sum of products. It reads on while an operator has a right side, and stops after the last complete one. */
function sum(): number {
  let value = product();
  for (let back = at; !Number.isNaN(value); back = at) {
    skip();
    const code = source.charCodeAt(at);
    const minus = code === 45 || code === 0x2212;
    if (code === 43 || minus) at++;
    const next = code === 43 || minus ? product() : NaN;
    if (Number.isNaN(next)) {
      at = back;
      break;
    }
    value = minus ? value - next : value + next;
  }
  return value;
}

function product(): number {
  let value = power();
  for (let back = at; !Number.isNaN(value); back = at) {
    skip();
    const code = source.charCodeAt(at);
    const times = code === 42 || code === 0xd7 || code === 120;
    const over = code === 47 || code === 0xf7;
    if (times || over) at++;
    const next = times || over ? power() : NaN;
    if (Number.isNaN(next)) {
      at = back;
      break;
    }
    value = times ? value * next : value / next;
  }
  return value;
}

function power(): number {
  const value = operand();
  const back = at;
  skip();
  if (Number.isNaN(value) || source.charCodeAt(at) !== 94) {
    at = back;
    return value;
  }
  at++;
  return value ** operand();
}

/** A number with its sign and its commas, or an expression in brackets. */
function operand(): number {
  skip();
  if (at >= end) return NaN;
  const code = source.charCodeAt(at);
  if (code === 45 || code === 0x2212) {
    at++;
    return isDigit(source.charCodeAt(at)) ? -operand() : NaN;
  }
  if (code === 40) {
    at++;
    const value = sum();
    skip();
    return source.charCodeAt(at++) === 41 ? value : NaN;
  }
  const from = at;
  while (isDigit(source.charCodeAt(at)) || (isJoint(at) && at > from)) at++;
  return at === from ? NaN : Number(source.slice(from, at).replaceAll(',', ''));
}

/** A dot or comma between two digits. */
function isJoint(i: number): boolean {
  const code = source.charCodeAt(i);
  return (code === 46 || code === 44) && isDigit(source.charCodeAt(i + 1)) && isDigit(source.charCodeAt(i - 1));
}
