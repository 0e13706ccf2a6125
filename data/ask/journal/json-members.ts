import type { Steps } from '../../../support/steps.js';

/** A range of a text: [from, to). */
export interface Place {
  from: number;
  to: number;
}

/**
 * A member of a JSON object, or an element of a list (`key` null): the range of its value, and the index where the
 * member begins.
 */
export interface Member extends Place {
  key: string | null;
  start: number;
}

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_LIST, CLOSE_LIST, OPEN, CLOSE] = [0x5b, 0x5d, 0x7b, 0x7d];
/** Characters between two yields. */
const STEP = 1 << 15;

/**
 * The members of the JSON object or list in a range of a text, in order; none if the range holds another kind of value.
 * The text must be valid JSON. Cost: linear in the length of the range.
 */
export function* membersOf(text: string, place: Place): Steps<Member[]> {
  const members: Member[] = [];
  let i = nonSpace(text, place.from);
  const opens = text.charCodeAt(i);
  if (opens !== OPEN && opens !== OPEN_LIST) return members;
  let depth = 1;
  let start = ++i;
  let step = i + STEP;
  for (; depth > 0 && i < place.to; i++) {
    if (i > step) {
      step = i + STEP;
      yield;
    }
    const c = text.charCodeAt(i);
    if (c === QUOTE) i = endOfString(text, i);
    else if (c === OPEN || c === OPEN_LIST) depth++;
    else if (c === CLOSE || c === CLOSE_LIST) depth--;
    if (depth > 1 || (depth === 1 && c !== COMMA)) continue;
    const member = memberAt(text, { from: start, to: i }, opens === OPEN);
    if (member !== null) members.push(member);
    start = i + 1;
  }
  return members;
}

/** The index behind the JSON value that begins at `i`. Cost: linear in its length. */
export function* endOfJson(text: string, i: number): Steps<number> {
  const opens = text.charCodeAt(i);
  if (opens === QUOTE) return endOfString(text, i) + 1;
  if (opens !== OPEN && opens !== OPEN_LIST) {
    const scalar = /[^\s,\]}]*/y;
    scalar.lastIndex = i;
    scalar.test(text);
    return scalar.lastIndex;
  }
  let step = i + STEP;
  let depth = 0;
  for (let at = i; at < text.length; at++) {
    if (at > step) {
      step = at + STEP;
      yield;
    }
    const c = text.charCodeAt(at);
    if (c === QUOTE) at = endOfString(text, at);
    else if (c === OPEN || c === OPEN_LIST) depth++;
    else if ((c === CLOSE || c === CLOSE_LIST) && --depth === 0) return at + 1;
  }
  return text.length;
}

/** The index of the closing quote of the string that begins at `i`. */
export function endOfString(text: string, i: number): number {
  for (let at = text.indexOf('"', i + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let before = at - 1;
    while (text.charCodeAt(before) === BACKSLASH) before--;
    if ((at - before) % 2 === 1) return at;
  }
  return text.length;
}

function memberAt(text: string, { from, to }: Place, keyed: boolean): Member | null {
  const start = nonSpace(text, from);
  const end = endOfValue(text, start, to);
  if (start >= end) return null;
  if (!keyed) return { key: null, start, from: start, to: end };
  const close = endOfString(text, start);
  const value = nonSpace(text, text.indexOf(':', close) + 1);
  return { key: keyIn(text, { from: start, to: close + 1 }), start, from: value, to: end };
}

/** The key whose string, quotes included, is in a range. */
export function keyIn(text: string, { from, to }: Place): string {
  return JSON.parse(text.slice(from, to));
}

/** The index of the first character from an index on that is no white space. */
export function nonSpace(text: string, from: number): number {
  let i = from;
  while (isSpace(text.charCodeAt(i))) i++;
  return i;
}

function endOfValue(text: string, from: number, to: number): number {
  let end = to;
  while (end > from && isSpace(text.charCodeAt(end - 1))) end--;
  return end;
}

function isSpace(c: number): boolean {
  return c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09;
}
