import { randomUUID } from 'node:crypto';
import { membersOf } from '../../../data/ask/journal/json-members.js';
import { type Fields, isObject } from '../../../data/check-value.js';
import { maxOf } from '../../../support/extremes.js';
import { atOnce, type Steps } from '../../../support/steps.js';
import type { VouchField } from '../verdict/vouch-field.js';
import { editJson } from '../wire/edit-json.js';
import { eventWith, parsed, type ServerEvent } from '../wire/events.js';
import type { Pair, Size } from './api.js';
import { isFailure, tellsOfFailure } from './failure.js';
import { headText } from './head-only.js';

/** What the APIs with `choices` have in common: chat and text completions. */
export const choicesOf = (response: Fields): Fields[] =>
  Array.isArray(response.choices) ? response.choices.filter(isObject) : [];

/** Puts null in the place of each choice's log-probabilities, as endpoints write it where none were asked for. */
export function withoutLogprobs(text: string): Steps<string> {
  return editJson(text, [['choices', '*', 'logprobs']], () => 'null');
}

/** Whether a response holds a choice that did not fail. */
export function holdsChoices(response: Fields): boolean {
  const failed = (choice: Fields) => choice.error != null || choice.finish_reason === 'error';
  return !tellsOfFailure(response) && choicesOf(response).some((choice) => !failed(choice));
}

/** Lists of a choice's log-probabilities, one entry a token: chat's, and those of the older completions. */
const LISTS = ['content', 'refusal', 'tokens', 'token_logprobs', 'top_logprobs'] as const;

export function sizeOfChoices(response: Fields): Size {
  const choices = Array.isArray(response.choices) ? response.choices.length : 0;
  let tokens = 0;
  for (const { logprobs } of choicesOf(response)) {
    if (!isObject(logprobs)) continue;
    tokens += maxOf(LISTS.map((key) => (Array.isArray(logprobs[key]) ? logprobs[key].length : 0)));
  }
  return { choices, items: 0, tokens };
}

/** Fields of a response that a reading of one of its choices may use. A response with many more has them made up. */
const HEAD = ['id', 'object', 'created', 'model', 'usage', 'error', 'status', 'system_fingerprint'] as const;
const MANY = 64;

/** What a response says of all its choices. */
export function headOf(response: Fields): Fields {
  const { choices: _, ...head } = Object.keys(response).length > MANY ? {} : response;
  if (Object.keys(response).length > MANY) for (const key of HEAD) if (key in response) head[key] = response[key];
  return head;
}

/** A choice as the only one of its response. */
export function alone(head: Fields, choice: Fields): Fields {
  return { ...head, choices: [{ ...choice, index: 0 }] };
}

/** The pairs of a chat: all choices answer one prompt. */
export function pairsOf(request: Fields, response: Fields): Pair[] {
  const head = headOf(response);
  return choicesOf(response).map((choice, place) => ({ request, response: alone(head, choice), prompt: 0, place }));
}

/** A chunk of a stream. */
function chunkOf(object: string, { id, created, model }: Fields, choices: Fields[]): Fields {
  return { id, object, created, model, choices };
}

/** What vouch says, as one more chunk without choices, before [DONE]: clients pass over such chunks. */
export function sayInChunk(object: string) {
  // biome-ignore lint/correctness/useYield: other APIs edit long texts here
  return function* (last: ServerEvent | null, response: Fields, vouch: VouchField): Steps<ServerEvent[]> {
    const said = eventWith({ ...chunkOf(object, response, []), vouch });
    return last === null ? [said] : [said, last];
  };
}

/** The text of a response with replaced choices, and nothing else in it but its head; what is no choice counts for none. */
export function replaceChoices(put: (index: number, text: string) => Fields) {
  return function* (text: string, response: Fields, texts: ReadonlyMap<number, string>): Steps<string> {
    const all = Array.isArray(response.choices) ? response.choices : [];
    let at = 0;
    let i = 0;
    const replaced = yield* editJson(text, [['choices', '*']], () => {
      const value: unknown = all[at++];
      const instead = isObject(value) ? texts.get(i++) : undefined;
      if (instead === undefined) return null;
      const { index } = value as Fields;
      return JSON.stringify(put(typeof index === 'number' ? index : at - 1, instead));
    });
    return yield* headText(replaced, ['choices']);
  };
}

/**
 * The events of a stream without the replaced choices, and without what else may hold an answer; new chunks stand in their place, in
 * front.
 */
export function replaceChunks(chunks: (index: number, text: string) => Fields[], object: string) {
  return function* (events: ServerEvent[], response: Fields, texts: ReadonlyMap<number, string>): Steps<ServerEvent[]> {
    const all = choicesOf(response);
    const replaced = new Map([...texts].map(([i, text]) => [Number(all[i].index), text]));
    const own = [...replaced].flatMap(([index, text]) => chunks(index, text));
    const shown = own.map((choice) => eventWith(chunkOf(object, response, [choice])));
    for (const event of events) {
      const kept = withoutChoices(event, (index) => replaced.has(index));
      if (kept !== null) shown.push(kept);
      yield;
    }
    return shown;
  };
}

/**
 * The event with the choices that stay and the head of its chunk, every byte of those as it is; null where nothing is left in it. The
 * end of a stream and a failure stay.
 */
function withoutChoices(event: ServerEvent, gone: (index: number) => boolean): ServerEvent | null {
  if (event.data?.startsWith('[DONE]')) return eventWith('[DONE]');
  const chunk = parsed(event);
  const failed = isFailure(event);
  if (!isObject(chunk)) return failed ? event : null;
  const list = Array.isArray(chunk.choices) ? chunk.choices : [];
  const stays = list.map((choice) => isObject(choice) && !gone(typeof choice.index === 'number' ? choice.index : 0));
  if (!stays.includes(true) && chunk.usage == null && !failed) return null;
  const data = editJson(event.data as string, [['choices']], (text) => {
    const members = atOnce(membersOf(text, { from: 0, to: text.length })).filter((_, i) => stays[i]);
    return `[${members.map(({ from, to }) => text.slice(from, to)).join(',')}]`;
  });
  return eventWith(atOnce(headText(atOnce(data), ['choices', 'error'])), failed ? event.name : null);
}

/** What a new response is called, and when it was made. */
export function newHead(prefix: string): Fields {
  return { id: `${prefix}-${randomUUID().replaceAll('-', '')}`, created: Math.floor(Date.now() / 1000) };
}

/** Knows a response or a chunk by its choices, none of which holds what `other` APIs have there; or by the failure that it tells of. */
export function knowsChoices(other: readonly string[]) {
  return (data: unknown): boolean => {
    if (!isObject(data)) return false;
    if (!Array.isArray(data.choices)) return tellsOfFailure(data);
    return data.choices.every((choice) => isObject(choice) && other.every((key) => choice[key] == null));
  };
}
