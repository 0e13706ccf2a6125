import { membersOf, type Place } from '../../../data/ask/journal/json-members.js';
import { type Edit, edited } from '../../../data/ask/journal/splice-json.js';
import type { Steps } from '../../../support/steps.js';

/** Returns the text that replaces a value; null: the value stays. */
type Change = (value: string) => string | null;

/**
 * Edits the values at these paths in JSON text and leaves every other byte unchanged. A step of a path is a key, or `*`
 * for each element of a list. A path that leads nowhere changes nothing. The text must be JSON, and no path may be part
 * of another.
 */
export function* editJson(text: string, paths: readonly (readonly string[])[], change: Change): Steps<string> {
  const edits: Edit[] = [];
  for (const path of paths) yield* editsAt(text, { from: 0, to: text.length }, path, { change, edits });
  return edited(
    text,
    edits.sort((a, b) => a.from - b.from),
  );
}

/** The most characters that one step reads. */
const STEP = 1 << 16;

function* editsAt(
  text: string,
  place: Place,
  path: readonly string[],
  into: { change: Change; edits: Edit[] },
): Steps<void> {
  if (path.length === 0) {
    const put = into.change(text.slice(place.from, place.to));
    if (put !== null) into.edits.push({ from: place.from, to: place.to, put });
    return;
  }
  const [step, ...rest] = path;
  const members = yield* membersOf(text, place);
  const last = members.findLast(({ key }) => key === step); // of duplicate keys the last one counts, as in JSON.parse
  const led = step === '*' ? members.filter(({ key }) => key === null) : last === undefined ? [] : [last];
  let at = place.from;
  for (const member of led) {
    yield* editsAt(text, member, rest, into);
    if (member.to - at < STEP) continue;
    at = member.to;
    yield;
  }
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
