import { endOfString } from '../../data/ask/journal/json-members.js';
import { boundedJson, DEEPEST, tooDeep } from '../../data/read/json/bounded-json.js';
import type { Steps } from '../../support/steps.js';

/** Characters of a JSON text that are parsed in one step. */
const PIECE = 1 << 15;

/** A list or an object that is not closed yet. */
interface Open {
  list: boolean;
  /** Where it opens; where its unparsed part begins; where its current member begins. */
  opened: number;
  from: number;
  member: number;
  /** Whether its current member is parsed. */
  parsed: boolean;
  /** Its parsed part; null if nothing is parsed yet. */
  value: unknown[] | Record<string, unknown> | null;
}

/**
 * JSON.parse in steps: the members of long lists and objects are parsed one piece at a time. The result is that of
 * JSON.parse. `parse` reads a piece. Errors: SyntaxError, or what `parse` throws; BAD_JSON if the text is nested too
 * deeply. Cost: linear.
 */
export function* parseJsonSteps(text: string, parse: (text: string) => unknown = boundedJson): Steps<unknown> {
  if (text.length <= PIECE) return parse(text);
  const open: Open[] = [];
  let step = PIECE;
  for (let i = 0; i < text.length; i++) {
    if (i > step) {
      step = i + PIECE;
      yield;
    }
    const top = open.at(-1);
    switch (text.charCodeAt(i)) {
      case 0x22: // "
        i = endOfString(text, i);
        break;
      case 0x5b: // [
      case 0x7b: // {
        if (open.length === DEEPEST) throw tooDeep();
        open.push(opening(text, i));
        break;
      case 0x2c: // ,
        if (top === undefined) throw wrong();
        if (top.parsed) passOver(text, top, i);
        else if (i - top.from > PIECE) {
          begin(text, open, parse);
          take(text, top, i, parse);
          top.from = i + 1;
        }
        top.member = i + 1;
        break;
      case 0x5d: // ]
      case 0x7d: {
        const closed = open.pop();
        if (closed === undefined || closed.list !== (text[i] === ']')) throw wrong();
        const within = open.at(-1);
        if (within === undefined) return whole(text, closed, i, parse);
        if (closed.value === null) break;
        end(text, closed, i, parse);
        attach(text, within, closed, parse);
        within.from = i + 1;
        within.parsed = true;
        break;
      }
    }
  }
  if (open.length > 0) throw wrong();
  return parse(text); // a text or a number alone
}

function opening(text: string, i: number): Open {
  return { list: text[i] === '[', opened: i, from: i + 1, member: i + 1, parsed: false, value: null };
}

/** The outermost value, which closes at `i`. */
function whole(text: string, root: Open, i: number, parse: (text: string) => unknown): unknown {
  if (text.slice(i + 1).trim() !== '') throw wrong();
  if (root.value === null) return parse(text);
  if (text.slice(0, root.opened).trim() !== '') throw wrong();
  end(text, root, i, parse);
  return root.value;
}

/** Gives each open list and object a value with the members before its current one. */
function begin(text: string, open: readonly Open[], parse: (text: string) => unknown): void {
  for (const [k, each] of open.entries()) {
    each.value ??= each.list ? [] : {};
    if (k === open.length - 1 || each.member === each.from) continue;
    take(text, each, each.member - 1, parse);
    each.from = each.member;
  }
}

/** Parses the members from the end of the last parsed ones to `to`. */
function take(text: string, into: Open, to: number, parse: (text: string) => unknown): void {
  const run = text.slice(into.from, to);
  if (run.trim() === '') throw wrong();
  if (into.list) for (const item of parse(`[${run}]`) as unknown[]) (into.value as unknown[]).push(item);
  else for (const [key, item] of Object.entries(parse(`{${run}}`) as object)) put(into, key, item);
}

/** Checks that nothing is between a parsed member and what comes next. */
function passOver(text: string, of: Open, to: number): void {
  if (text.slice(of.from, to).trim() !== '') throw wrong();
  of.from = to + 1;
  of.parsed = false;
}

function end(text: string, closed: Open, i: number, parse: (text: string) => unknown): void {
  if (closed.parsed) passOver(text, closed, i);
  else take(text, closed, i, parse);
}

/** Puts a separately parsed value into its parent. */
function attach(text: string, into: Open, { value, opened }: Open, parse: (text: string) => unknown): void {
  const before = text.slice(into.member, opened);
  if (into.list) {
    if (before.trim() !== '') throw wrong();
    (into.value as unknown[]).push(value);
    return;
  }
  // a list in the place of the value: a digit would continue a number that is before it
  const [key, ...more] = Object.keys(parse(`{${before}[]}`) as object);
  if (key === undefined || more.length > 0) throw wrong();
  put(into, key, value);
}

function put({ value }: Open, key: string, item: unknown): void {
  Object.defineProperty(value, key, { value: item, enumerable: true, configurable: true, writable: true });
}

function wrong(): SyntaxError {
  return new SyntaxError('not JSON');
}
