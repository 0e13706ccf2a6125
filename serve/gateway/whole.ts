import type { IncomingHttpHeaders } from 'node:http';
import { spliceJson } from '../../data/ask/splice-json.js';
import { type Fields, isObject } from '../../data/check-value.js';
import type { Answered } from './ask-upstream.js';
import { eventsOf, eventWith, type ServerEvent, withData } from './events.js';
import type { VouchField } from './field.js';
import { gathering } from './gather.js';
import { mapChoices, withoutLogprobs } from './places.js';
import { readAll } from './read-all.js';

/** An answer that has come to its end. */
export interface Whole {
  status: number;
  headers: IncomingHttpHeaders;
  completion: Fields;
  /** The answer's bytes, with the field in it; the content of these choices replaced. */
  render(field: VouchField, replaced: ReadonlyMap<number, string>): Buffer;
}

/** Reads an answer to its end; null with its bytes where it is no completion. Errors: TOO_LARGE; those of the connection. */
export async function readWhole(answered: Answered, most: number): Promise<Whole | Buffer> {
  return isEventStream(answered.headers) ? readEvents(answered) : readJson(answered, most);
}

export function isEventStream(headers: IncomingHttpHeaders): boolean {
  return /^text\/event-stream/i.test(String(headers['content-type'] ?? ''));
}

async function readJson({ status, headers, body, added }: Answered, most: number): Promise<Whole | Buffer> {
  const bytes = await readAll(body, most);
  const text = bytes.toString();
  let completion: unknown;
  try {
    completion = JSON.parse(text);
  } catch {
    return bytes;
  }
  if (!isObject(completion) || !Array.isArray(completion.choices)) return bytes;
  const render: Whole['render'] = (field, replaced) => {
    const edited =
      added || replaced.size > 0
        ? mapChoices(text, (choice, i) => {
            const put = replaced.get(i);
            if (put !== undefined) return JSON.stringify(replacedChoice(JSON.parse(choice), put));
            return added ? withoutLogprobs(choice) : choice;
          })
        : text;
    return Buffer.from(spliceJson(edited, { vouch: field }));
  };
  return { status, headers, completion, render };
}

async function readEvents({ status, headers, body, added }: Answered): Promise<Whole> {
  const events: ServerEvent[] = [];
  const gathered = gathering();
  for await (const event of eventsOf(body)) {
    events.push(event);
    gathered.add(parsed(event));
  }
  const completion = gathered.completion();
  const render: Whole['render'] = (field, replaced) => {
    const own = replaced.size === 0 ? events : replacedEvents(completion, replaced);
    const done = own.findIndex(({ data }) => data === '[DONE]');
    const end = done < 0 ? own.length : done;
    const bytes = (event: ServerEvent) => (added ? strippedEvent(event) : event.bytes);
    const last = eventWith(vouchChunk(completion, field));
    return Buffer.concat([...own.slice(0, end).map(bytes), last, ...own.slice(end).map(({ bytes: end }) => end)]);
  };
  return { status, headers, completion, render };
}

/** The data of an event as JSON; undefined where it is none. */
export function parsed({ data }: ServerEvent): unknown {
  try {
    return data === null ? undefined : JSON.parse(data);
  } catch {
    return undefined;
  }
}

/** An event without the log-probabilities in it. */
export function strippedEvent(event: ServerEvent): Buffer {
  if (event.data === null || !event.data.includes('"logprobs"') || !isObject(parsed(event))) return event.bytes;
  return withData(event, mapChoices(event.data, withoutLogprobs));
}

/** The chunk that tells what vouch says, the last one of a stream. Clients pass over chunks without choices. */
export function vouchChunk({ id, created, model }: Fields, field: VouchField): Fields {
  return { id, object: 'chat.completion.chunk', created, model, choices: [], vouch: field };
}

/** What was withheld must not show elsewhere: neither in the reasoning nor in the tokens. */
function replacedChoice(choice: Fields, content: string): Fields {
  const message = isObject(choice.message) ? choice.message : {};
  const { reasoning_content: _, reasoning: __, refusal: ___, ...rest } = message;
  return { ...choice, message: { ...rest, content }, logprobs: null, finish_reason: 'stop' };
}

function replacedEvents(completion: Fields, replaced: ReadonlyMap<number, string>): ServerEvent[] {
  const { id, created, model } = completion;
  const chunk = (choice: Fields): ServerEvent => {
    const data = { id, object: 'chat.completion.chunk', created, model, choices: [choice] };
    return { bytes: eventWith(data), data: JSON.stringify(data) };
  };
  const choices = completion.choices as { index: number; message: Fields; finish_reason: unknown }[];
  const events = choices.flatMap(({ index, message, finish_reason }, i) => {
    const content = replaced.get(i) ?? message.content;
    return [
      chunk({ index, delta: { role: 'assistant', content }, logprobs: null, finish_reason: null }),
      chunk({ index, delta: {}, logprobs: null, finish_reason: replaced.has(i) ? 'stop' : finish_reason }),
    ];
  });
  return [...events, { bytes: Buffer.from('data: [DONE]\n\n'), data: '[DONE]' }];
}
