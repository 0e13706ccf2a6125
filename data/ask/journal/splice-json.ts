import { atOnce, type Steps } from '../../../support/steps.js';
import { type Member, membersOf, type Place } from './json-members.js';

/** A place of a text, and what is put there. */
export interface Edit extends Place {
  put: string;
}

/**
 * Puts fields into the text of a JSON object and leaves every other byte of it as it is, so that numbers, unknown keys
 * and bare NaN stay as they were written. A key that is there is replaced in place (each time, where it is doubled), a new one
 * goes to the end. The text must be an object.
 */
export function spliceJson(text: string, fields: Record<string, unknown>): string {
  return atOnce(spliceSteps(text, fields));
}

/** The same in steps, for long texts. */
export function* spliceSteps(text: string, fields: Record<string, unknown>): Steps<string> {
  return edited(text, spliceEdits(text, yield* membersOf(text, { from: 0, to: text.length }), fields));
}

/** The edits that put fields into the object whose members these are; the object ends the text. */
export function spliceEdits(text: string, members: readonly Member[], fields: Record<string, unknown>): Edit[] {
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

/** A text with its edits made; they are in order and do not overlap. */
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
