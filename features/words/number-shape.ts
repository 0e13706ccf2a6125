import { foldedHash } from './fold.js';
import { ASCII_KIND, FIRST_WORD_KIND, Kind, wideKind } from './kind.js';

const DOT = 46;

/** The hash of a number by its value, in its shortest decimal form, so that 5.0 equals 5. */
export function numberHash(digits: string, negative: boolean): number {
  const value = Number(digits.replaceAll(',', ''));
  return foldedHash(String(negative ? -value : value));
}

/**
 * Whether a minus sign is directly before a number and after a space, a bracket or the beginning: not the dash of a
 * range.
 */
export function isMinus(codes: Uint16Array, at: number): boolean {
  const code = at > 0 ? codes[at - 1] : 0;
  if (code !== 45 && code !== 0x2212) return false;
  const kind = at > 1 ? kindOf(codes[at - 2]) : Kind.SPACE;
  return kind < FIRST_WORD_KIND && kind !== Kind.DASH;
}

/** Whether a dot is inside a number, or between single upper-case letters. */
export function joinsDot(codes: Uint16Array, at: number, inNumber: boolean): boolean {
  const next = kindOf(codes[at + 1]);
  if (inNumber) return next === Kind.DIGIT && codes[at + 1] < 128;
  if (next !== Kind.UPPER || kindOf(codes[at - 1]) !== Kind.UPPER) return false;
  const back = at > 1 ? codes[at - 2] : 32;
  return back === DOT || kindOf(back) < FIRST_WORD_KIND;
}

/** Whether a comma separates thousands: exactly three digits follow. */
export function isThousands(codes: Uint16Array, at: number): boolean {
  return isDigit(codes, at + 1) && isDigit(codes, at + 2) && isDigit(codes, at + 3) && !isDigit(codes, at + 4);
}

/** Whether letters are an ending that belongs to a number: 1st, 2nd, 3rd, 4th, 1950s. */
export function isOrdinal(codes: Uint16Array, at: number): boolean {
  const a = codes[at] | 32;
  const b = codes[at + 1];
  if (a === 115 && !isWordCode(b)) return true;
  if (isWordCode(codes[at + 2])) return false;
  const c = b | 32;
  return (a === 115 && c === 116) || (a === 110 && c === 100) || (a === 114 && c === 100) || (a === 116 && c === 104);
}

function isDigit(codes: Uint16Array, at: number): boolean {
  const code = codes[at];
  return code >= 48 && code <= 57;
}

function isWordCode(code: number): boolean {
  return kindOf(code) >= FIRST_WORD_KIND;
}

function kindOf(code: number): number {
  return code < 128 ? ASCII_KIND[code] : wideKind(code);
}
