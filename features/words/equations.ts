/** Equations of plain numbers in a text, and how many of them don't hold. */
export interface Equations {
  n: number;
  wrong: number;
}

/** An expression is looked for within so many characters. */
const REACH = 80;

let source = '';
let at = 0;
let end = 0;

/**
 * Checks what a text computes: at each "=" the expression of numbers before it against the one after it: + − × ÷ ^ and
 * brackets. "10 / 3 = 3.33" holds: the right side is taken as rounded to its last decimal. What names a variable or a unit is
 * passed over, and so is a bare "x = 5". Cost: nothing without "=", else 80 characters around each.
 */
export function checkEquations(text: string, found: Equations): void {
  found.n = found.wrong = 0;
  source = text;
  for (let sign = text.indexOf('='); sign >= 0; sign = text.indexOf('=', sign + 1)) {
    const left = valueBefore(sign);
    if (Number.isNaN(left)) continue;
    at = sign + 1;
    end = at + REACH;
    const right = sum();
    if (Number.isNaN(right)) continue;
    found.n++;
    const half = 0.5 * 10 ** -decimalsBefore(at);
    if (!(Math.abs(left - right) <= half + 1e-9 * Math.abs(left))) found.wrong++;
  }
}

/** Whether a code unit may stand in an expression: digits, spaces, signs, the money signs that are passed over, x for times. */
function isPart(code: number): boolean {
  return (code >= 40 && code <= 57) || code === 32 || code === 36 || code === 94 || code === 120 || isSign(code);
}

function isSign(code: number): boolean {
  return code === 0xd7 || code === 0xf7 || code === 0x2212;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** The value of the longest expression that ends at an equals sign; NaN where none with an operator does. */
function valueBefore(sign: number): number {
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
      if (at === sign && !Number.isNaN(value)) return hasOperator(start, sign) ? value : NaN;
    }
    while (start + 1 < sign && isDigit(source.charCodeAt(start + 1))) start++;
  }
  return NaN;
}

/** Nothing before it that it would be a part of: a letter or digit joined to it, an operator that is no bullet of a list. */
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

/** Products added up; reads on as long as an operator has a right side, and stands behind the last that had. */
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

/** A number, with its sign and its commas, or an expression in brackets. */
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

/** Decimals of the number that ends before a place. */
function decimalsBefore(end: number): number {
  let i = end - 1;
  while (isDigit(source.charCodeAt(i))) i--;
  return source.charCodeAt(i) === 46 ? end - 1 - i : 0;
}
