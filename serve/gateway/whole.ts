import type { IncomingHttpHeaders } from 'node:http';
import { spliceSteps } from '../../data/ask/journal/splice-json.js';
import { type Fields, isObject } from '../../data/check-value.js';
import type { Steps } from '../../support/steps.js';
import { inTurns } from '../work/in-turns.js';
import { parseJsonSteps } from '../work/parse-json.js';
import { isFailure } from './apis/failure.js';
import { gatherWithin } from './gather-within.js';
import type { Most } from './most.js';
import type { Received } from './received.js';
import type { Answered } from './upstream/answered.js';
import type { Ask } from './upstream/ask.js';
import { tooLarge } from './verdict/limits.js';
import type { VouchField } from './verdict/vouch-field.js';
import { eventsOf, holdsFieldsOnly, isOnOneLine, isWhole, parsed, type ServerEvent, withData } from './wire/events.js';
import { isEventStream } from './wire/is-event-stream.js';
import { readJsonBody } from './wire/read-json-body.js';
import { unclaimedEvent } from './wire/unclaimed.js';

/** An answer that has arrived completely. */
export interface Whole {
  headers: IncomingHttpHeaders;
  response: Fields;
  /** Why it is too large to be scored; null if it is not. */
  large: string | null;
  /** Whether all of it has the form that clients of the API understand. */
  known: boolean;
  stream: boolean;
  received: Received;
  /** The bytes of the answer, with the field in it and with the text of these answers replaced. */
  render(field: VouchField, replaced: ReadonlyMap<number, string>): Promise<Buffer>;
}

/**
 * Reads an answer to its end. What is not an answer, or is too long to be read, is returned so that it can be passed
 * on. Errors: those of the connection.
 */
export async function readWhole(ask: Ask, answered: Answered, most: Most): Promise<Whole | { passed: Answered }> {
  return isEventStream(answered.headers) ? readEvents(ask, answered, most) : readJson(ask, answered, most);
}

async function readJson({ api, body }: Ask, answered: Answered, most: Most): Promise<Whole | { passed: Answered }> {
  const { headers, added } = answered;
  const { json, body: all } = answered.json === undefined ? await readJsonBody(answered.body, most.bytes) : answered;
  const passed = { ...answered, body: all };
  if (json == null || !isObject(json.value)) return { passed };
  const { blocks, text, value: response } = json;
  const large = tooLarge(api, response, most.limits);
  if (large === null && !api.holds(response)) return { passed };
  function* rendered(field: VouchField, replaced: ReadonlyMap<number, string>): Steps<string> {
    let own = text;
    if (added && api.logprobs !== null) own = yield* api.logprobs.strip(own, body);
    if (replaced.size > 0) own = yield* api.replace(own, response, replaced);
    return yield* spliceSteps(own, { vouch: field });
  }
  const render: Whole['render'] = async (field, replaced) => Buffer.from(await inTurns(rendered(field, replaced)));
  const known = large !== null || api.knows(response);
  const received = { stream: false, parts: blocks };
  return { headers, response, large, known, stream: false, received, render };
}

async function readEvents(ask: Ask, answered: Answered, most: Most): Promise<Whole | { passed: Answered }> {
  const { api } = ask;
  const { headers, added } = answered;
  const source = eventsOf(answered.body, most.limits.event);
  const gathered = gatherWithin(api, most);
  const events: ServerEvent[] = [];
  let at = -1;
  let known = true;
  let done = false;
  let failed = false;
  for (let next = await source.next(); !next.done; next = await source.next()) {
    const event = next.value;
    const last = gathered.add(event);
    if (at < 0 && last) at = events.length;
    known &&= isKnown(ask, event) && (!done || event.data === null || isDone(event));
    done ||= isDone(event);
    failed ||= isFailure(event);
    const { bytes, name, data, long, cut } = event; // not the parsed value, which takes ten times as much memory
    events.push({ bytes, name, data, ...(long && { long }), ...(cut && { cut }) });
    if (gathered.size() > most.bytes || events.length > most.limits.events)
      return { passed: { ...answered, body: rest(events, source) } };
  }
  const response = gathered.response();
  const large = gathered.large();
  known &&= failed || large !== null || api.answers(ask.body, response).length > 0;
  async function render(field: VouchField, replaced: ReadonlyMap<number, string>): Promise<Buffer> {
    const shown = replaced.size > 0 ? await inTurns(api.replaceEvents(events, response, replaced)) : events;
    const spoken = replaced.size > 0 ? speaksIn(ask, shown) : at;
    const parts: Buffer[] = [];
    const say = async (last: ServerEvent | null) => {
      for (const each of await inTurns(api.say(last, response, field))) parts.push(each.bytes);
    };
    for (const [i, event] of shown.entries()) {
      const unclaimed = await unclaimedEvent(event);
      const own = added ? await strippedEvent(ask, unclaimed) : unclaimed;
      // later, it would be part of the cut-off event; of a long one, the pieces before are written
      if (spoken < 0 && !isWhole(event) && !event.long) await say(null);
      if (i === spoken) await say(own);
      else parts.push(own.bytes);
    }
    if (spoken < 0 && shown.every(isWhole)) await say(null);
    return Buffer.concat(parts);
  }
  return { headers, response, large, known, stream: true, received: gathered.received(), render };
}

/** The index of the event at which vouch adds its result; -1: after all events. */
export function speaksIn({ api }: Ask, events: readonly ServerEvent[]): number {
  const gathered = api.gathering();
  return events.findIndex((event) => {
    const mark = gathered.add(event);
    return mark === 'last' || (mark === 'failure' && api.failureIsLast);
  });
}

/**
 * Whether clients of the API know an event, or it says nothing. Any other text in an event may be a complete answer,
 * and so may any line of data for a client that reads line by line.
 */
function isKnown({ api }: Ask, event: ServerEvent): boolean {
  if (event.long === true || !holdsFieldsOnly(event) || !isOnOneLine(event)) return false;
  if (event.data === null) return true;
  if (isDone(event)) return true;
  const data = parsed(event);
  return event.name === 'error' ? isObject(data) : api.knows(data);
}

/** The end of a stream of chunks. Some clients read on, so nothing may follow it. */
function isDone({ data }: ServerEvent): boolean {
  return data?.trim() === '[DONE]';
}

async function* rest(events: readonly ServerEvent[], source: AsyncGenerator<ServerEvent>): AsyncGenerator<Buffer> {
  try {
    for (const { bytes } of events) yield bytes;
    for await (const { bytes } of source) yield bytes;
  } finally {
    await source.return(undefined);
  }
}

/** An event without its log-probabilities. */
export async function strippedEvent({ api, body }: Ask, event: ServerEvent): Promise<ServerEvent> {
  if (api.logprobs === null || event.data === null || !/"(top_)?logprobs"/.test(event.data)) return event;
  if (!(await holdsObject(event))) return event;
  return withData(event, await inTurns(api.logprobs.stripData(event.data, body)));
}

async function holdsObject(event: ServerEvent): Promise<boolean> {
  if ('value' in event) return isObject(event.value);
  try {
    return isObject(await inTurns(parseJsonSteps(event.data as string)));
  } catch {
    return false;
  }
}
