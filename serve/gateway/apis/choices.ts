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

/** Replaces the log-probabilities of each choice by null, as endpoints write it if none were requested. */
export function withoutLogprobs(text: string): Steps<string> {
  return editJson(text, [['choices', '*', 'logprobs']], () => 'null');
}

/** Whether a response contains a choice that did not fail. */
export function holdsChoices(response: Fields): boolean {
  const failed = (choice: Fields) => choice.error != null || choice.finish_reason === 'error';
  return !tellsOfFailure(response) && choicesOf(response).some((choice) => !failed(choice));
}

/** Lists of log-probabilities in a choice, one entry per token: those of chat, and those of the older completions. */
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

/**
 * Fields of a response that may be needed to read one of its choices. A response with many more fields is an attack.
 */
const HEAD = ['id', 'object', 'created', 'model', 'usage', 'error', 'status', 'system_fingerprint'] as const;
const MANY = 64;

/** What a response says about all its choices. */
export function headOf(response: Fields): Fields {
  const { choices: _, ...head } = Object.keys(response).length > MANY ? {} : response;
  if (Object.keys(response).length > MANY) for (const key of HEAD) if (key in response) head[key] = response[key];
  return head;
}

/** A response with this choice as its only one. */
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

/** Adds vouch's result in one more chunk without choices, before [DONE]. Clients ignore such chunks. */
export function sayInChunk(object: string) {
  // biome-ignore lint/correctness/useYield: other APIs edit long texts in this function
  return function* (last: ServerEvent | null, response: Fields, vouch: VouchField): Steps<ServerEvent[]> {
    const said = eventWith({ ...chunkOf(object, response, []), vouch });
    return last === null ? [said] : [said, last];
  };
}

/**
 * The text of a response with replaced choices and otherwise only its head. Elements that are not choices are ignored.
 */
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
 * The events of a stream without the replaced choices and without anything else that may contain an answer. New chunks
 * at the beginning replace them.
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

/** Instead of a failure that is not JSON, which may contain anything. */
const FAILED = eventWith({ error: { message: 'the upstream reported a failure' } }, 'error');

/**
 * The event with the head of its chunk and the choices that stay, all byte for byte; null if nothing is left in it. The
 * end of a stream and a failure stay.
 */
function withoutChoices(event: ServerEvent, gone: (index: number) => boolean): ServerEvent | null {
  if (event.data?.startsWith('[DONE]')) return eventWith('[DONE]');
  const chunk = parsed(event);
  const failed = isFailure(event);
  if (!isObject(chunk)) return failed ? FAILED : null;
  const list = Array.isArray(chunk.choices) ? chunk.choices : [];
  const stays = list.map((choice) => isObject(choice) && !gone(typeof choice.index === 'number' ? choice.index : 0));
  if (!stays.includes(true) && chunk.usage == null && !failed) return null;
  const data = editJson(event.data as string, [['choices']], (text) => {
    const members = atOnce(membersOf(text, { from: 0, to: text.length })).filter((_, i) => stays[i]);
    return `[${members.map(({ from, to }) => text.slice(from, to)).join(',')}]`;
  });
  return eventWith(atOnce(headText(atOnce(data), ['choices', 'error'])), failed ? event.name : null);
}

/** A new id, and the time at which the response was made. */
export function newHead(prefix: string): Fields {
  return { id: `${prefix}-${randomUUID().replaceAll('-', '')}`, created: Math.floor(Date.now() / 1000) };
}

/**
 * Recognises a response or a chunk by its choices, if each has an index that clients can use and none has fields of the
 * `other` APIs, or by the failure that it reports.
 */
export function knowsChoices(other: readonly string[]) {
  return (data: unknown): boolean => {
    if (!isObject(data)) return false;
    if (!Array.isArray(data.choices)) return tellsOfFailure(data);
    return data.choices.every((choice) => {
      return isObject(choice) && isPlace(choice.index) && other.every((key) => choice[key] == null);
    });
  };
}

/** No answer has more choices than this. */
export const MOST_CHOICES = 10_000;

/** Whether the index of a choice is one, or is missing. */
function isPlace(index: unknown): boolean {
  return index == null || (Number.isInteger(index) && Number(index) >= 0 && Number(index) < MOST_CHOICES);
}
