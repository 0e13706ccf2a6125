import type { IncomingHttpHeaders } from 'node:http';
import { spliceJson } from '../../data/ask/splice-json.js';
import { type Fields, isObject } from '../../data/check-value.js';
import { boundedJson } from '../../data/read/bounded-json.js';
import { speaksAt } from './last.js';
import type { Ask } from './upstream/ask.js';
import type { Answered } from './upstream/ask-upstream.js';
import type { VouchField } from './verdict/field.js';
import { eventsOf, parsed, type ServerEvent, withData } from './wire/events.js';
import { isEventStream } from './wire/is-event-stream.js';
import { joined, readUpTo } from './wire/read-up-to.js';

/** An answer that has come to its end. */
export interface Whole {
  status: number;
  headers: IncomingHttpHeaders;
  response: Fields;
  /** The answer's bytes, with the field in it; the text of these answers replaced. */
  render(field: VouchField, replaced: ReadonlyMap<number, string>): Buffer;
}

/** Reads an answer to its end; what is no answer, or is too long to be read, is given back to be passed on. Errors: those of the connection. */
export async function readWhole(ask: Ask, answered: Answered, most: number): Promise<Whole | { passed: Answered }> {
  return isEventStream(answered.headers) ? readEvents(ask, answered) : readJson(ask, answered, most);
}

async function readJson({ api, body }: Ask, answered: Answered, most: number): Promise<Whole | { passed: Answered }> {
  const { status, headers, added } = answered;
  const part = await readUpTo(answered.body, most);
  const passed = { ...answered, body: joined(part) };
  if (part.rest !== null) return { passed };
  const text = part.bytes.toString();
  let response: unknown;
  try {
    response = boundedJson(text);
  } catch {
    return { passed };
  }
  if (!isObject(response) || !api.holds(response)) return { passed };
  const render: Whole['render'] = (field, replaced) => {
    const own = added && api.logprobs !== null ? api.logprobs.strip(text, body) : text;
    return Buffer.from(spliceJson(replaced.size > 0 ? api.replace(own, replaced) : own, { vouch: field }));
  };
  return { status, headers, response, render };
}

async function readEvents(ask: Ask, { status, headers, body, added }: Answered): Promise<Whole> {
  const { api } = ask;
  const events: ServerEvent[] = [];
  const gathered = api.gathering();
  for await (const event of eventsOf(body)) {
    gathered.add(event);
    events.push(event);
  }
  const response = gathered.response();
  const render: Whole['render'] = (field, replaced) => {
    const shown = replaced.size > 0 ? api.replaceEvents(events, response, replaced) : events;
    const own = added ? shown.map((event) => strippedEvent(ask, event)) : shown;
    const speaks = speaksAt(api);
    const at = own.findIndex(speaks);
    const said = api.say(at < 0 ? null : own[at], response, field);
    const before = at < 0 ? own : own.slice(0, at);
    const all = [...before, ...said, ...(at < 0 ? [] : own.slice(at + 1))];
    return Buffer.concat(all.map(({ bytes }) => bytes));
  };
  return { status, headers, response, render };
}

/** An event without the log-probabilities in it. */
export function strippedEvent({ api, body }: Ask, event: ServerEvent): ServerEvent {
  if (api.logprobs === null || event.data === null || !/"(top_)?logprobs"/.test(event.data)) return event;
  return isObject(parsed(event)) ? withData(event, api.logprobs.stripData(event.data, body)) : event;
}
