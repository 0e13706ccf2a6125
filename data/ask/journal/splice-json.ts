import { atOnce, type Steps } from '../../../support/steps.js';
import { type Member, membersOf, type Place } from './json-members.js';

/** A range of a text and the text that replaces it. */
export interface Edit extends Place {
  put: string;
}

/**
 * Sets fields in the text of a JSON object and leaves every other byte as it is, so that numbers, unknown keys and bare
 * NaN stay as they were written. An existing key is replaced in place (each occurrence, if it is doubled); a new key is
 * added at the end. The text must be an object.
 */
export function spliceJson(text: string, fields: Record<string, unknown>): string {
  return atOnce(spliceSteps(text, fields));
}

/** The same in steps, for long texts. */
export function* spliceSteps(text: string, fields: Record<string, unknown>): Steps<string> {
  return edited(text, spliceEdits(text, yield* membersOf(text, { from: 0, to: text.length }), fields));
}

/** The edits that set fields in the object with these members. The text must end with that object. */
function spliceEdits(text: string, members: readonly Member[], fields: Record<string, unknown>): Edit[] {
  const close = text.lastIndexOf('}');
  const edits: Edit[] = [];
  let empty = members.length === 0;
  for (const [key, value] of Object.entries(fields)) {
    const put = JSON.stringify(value);
    const found = members.filter((member) => member.key === key);
    for (const { from, to } of found) edits.push({ from, to, put });
    if (found.length > 0) continue;
    edits.push({ from: close, to: close, put: `${empty ? '' : ','}${JSON.stringify(key)}:${put}` });
    empty = false;
  }
  return edits.sort((a, b) => a.from - b.from);
}

/** Applies edits to a text. They must be in order and must not overlap. */
export function edited(text: string, edits: readonly Edit[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { from, to, put } of edits) {
    parts.push(text.slice(at, from), put);
    at = to;
  }
  parts.push(text.slice(at));
  return parts.join('');
}
