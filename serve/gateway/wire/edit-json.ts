import {
  endOfJson,
  endOfString,
  keyIn,
  membersOf,
  nonSpace,
  type Place,
} from '../../../data/ask/journal/json-members.js';
import { type Edit, edited } from '../../../data/ask/journal/splice-json.js';
import type { Steps } from '../../../support/steps.js';

/** Returns the text that replaces a value; null: the value stays. */
type Change = (value: string) => string | null;

/**
 * Edits the values at these paths in JSON text and leaves every other byte unchanged. A step of a path is a key, or `*`
 * for each element of a list. A path that leads nowhere changes nothing. The text must be JSON, and no path may be part
 * of another. Cost: each path reads the text once.
 */
export function* editJson(text: string, paths: readonly (readonly string[])[], change: Change): Steps<string> {
  const places: Place[] = [];
  for (const path of paths) yield* findPlaces(text, 0, path, places);
  const edits: Edit[] = [];
  for (const { from, to } of places) {
    const put = change(text.slice(from, to));
    if (put !== null) edits.push({ from, to, put });
  }
  return edited(
    text,
    edits.sort((a, b) => a.from - b.from),
  );
}

/** Elements of a list between two yields. */
const MANY = 1 << 10;

/** Adds the places of a path in the value that begins at an index. Returns the index behind the value. */
function* findPlaces(text: string, start: number, path: readonly string[], into: Place[]): Steps<number> {
  const from = nonSpace(text, start);
  const opens = text[from];
  if (path.length === 0 || (opens !== '{' && opens !== '[')) {
    const to = yield* endOfJson(text, from);
    if (path.length === 0) into.push({ from, to });
    return to;
  }
  const [step, ...rest] = path;
  const before = into.length;
  let at = nonSpace(text, from + 1);
  for (let i = 1; at < text.length && text[at] !== '}' && text[at] !== ']'; i++) {
    let leads = opens === '[' && step === '*';
    if (opens === '{') {
      const close = endOfString(text, at);
      leads = step !== '*' && keyIn(text, { from: at, to: close + 1 }) === step;
      at = nonSpace(text, close + 1) + 1;
      if (leads) into.length = before; // of duplicate keys the last one counts, as in JSON.parse
    }
    const end = leads ? yield* findPlaces(text, at, rest, into) : yield* endOfJson(text, nonSpace(text, at));
    at = nonSpace(text, end);
    if (text[at] === ',') at = nonSpace(text, at + 1);
    if (i % MANY === 0) yield;
  }
  return at + 1;
}

/** The text of an object without a key, however often it occurs and however it is written. Every other byte stays. */
export function* withoutKey(text: string, key: string): Steps<string> {
  const members = yield* membersOf(text, { from: 0, to: text.length });
  const edits: Edit[] = [];
  let kept = -1;
  for (const [i, member] of members.entries()) {
    if (member.key !== key) kept = i;
    else if (i + 1 < members.length) edits.push({ from: member.start, to: members[i + 1].start, put: '' });
  }
  if (members.at(-1)?.key === key) {
    // for the last member, the comma before it is removed
    const from = kept < 0 ? members[0].start : members[kept].to;
    const before = edits.filter((edit) => edit.from < from);
    return edited(text, [...before, { from, to: (members.at(-1) as Place).to, put: '' }]);
  }
  return edited(text, edits);
}
