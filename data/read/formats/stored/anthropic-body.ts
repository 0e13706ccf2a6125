import { VouchError } from '../../../../support/errors.js';
import { isObject } from '../../../check-value.js';
import { type Fields, objectOf } from '../../table/fields.js';
import { replyOf } from '../parts/reply.js';
import { endOf } from './ends.js';
import { messageReply } from './message.js';
import { type Body, failureIn, saidOf } from './response.js';

/**
 * A response of Anthropic's Messages API (content blocks, stop_reason), the list of events of a stored stream, or a
 * response of its older text completions; null for anything else.
 */
export function anthropicBody(value: unknown): Body | null {
  if (Array.isArray(value)) return isEventList(value) ? eventsBody(value.map(eventOf) as Fields[]) : null;
  const message = objectOf(value);
  if (message === null) return null;
  if (message.type === 'completion' && typeof message.completion === 'string') {
    return {
      ...saidOf(message.id, message.model),
      replies: [replyOf({ content: message.completion }, endOf(message.stop_reason))],
    };
  }
  if (!isMessage(message)) return null;
  return { ...saidOf(message.id, message.model), replies: [messageReply(message, message.stop_reason)] };
}

/**
 * Whether it is a complete message, not a turn of a request: it has a type or a stop reason. OpenAI's Responses API
 * also has messages.
 */
export function isMessage(value: Fields): boolean {
  if (value.role !== 'assistant' || !Array.isArray(value.content)) return false;
  const others = value.content.some((part) => isObject(part) && part.type === 'output_text');
  return !others && (value.type === 'message' || 'stop_reason' in value);
}

const EVENTS = new Set([
  'message_start',
  'content_block_start',
  'content_block_delta',
  'content_block_stop',
  'message_delta',
  'message_stop',
]);

/** An event of a stream: as it is, or as sent, {event, data}; null if it is not one. */
export function eventOf(value: unknown): Fields | null {
  const event = objectOf(value);
  if (event === null) return null;
  if (typeof event.type === 'string' && EVENTS.has(event.type)) return event;
  if (event.type === 'ping' || (event.type === 'error' && isObject(event.error))) return event;
  return typeof event.event === 'string' && event.data != null ? eventOf(event.data) : null;
}

function isEventList(items: unknown[]): boolean {
  return eventOf(items[0])?.type === 'message_start' && items.every((item) => eventOf(item) !== null);
}

/**
 * Joins the events of one stream into a message. If an error is among them, there is no answer. Error: BAD_RECORD if
 * events are missing.
 */
function eventsBody(events: Fields[]): Body {
  const message = { ...objectOf(events[0].message) };
  const blocks: Fields[] = [];
  let end: unknown = message.stop_reason;
  let stopped = false;
  for (const event of events.slice(1)) {
    const at = Number(event.index);
    const delta = objectOf(event.delta) ?? {};
    if (event.type === 'error') {
      const failure = failureIn(event);
      return {
        ...saidOf(message.id, message.model),
        replies: [{ answer: null, finish: failure === null ? undefined : 'error' }],
      };
    }
    if (event.type === 'message_start') throw broken('a second message starts before the first one stops');
    if (event.type === 'content_block_start') blocks[at] = { ...objectOf(event.content_block) };
    if (event.type === 'content_block_delta') {
      if (blocks[at] === undefined) throw broken(`the start of block ${event.index} is missing`);
      addTo(blocks[at], delta);
    }
    if (event.type === 'message_delta') end = delta.stop_reason ?? end;
    if (event.type === 'message_stop') stopped = true;
  }
  if (!stopped && end == null) throw broken('the stream breaks off before its message_stop');
  return {
    ...saidOf(message.id, message.model),
    replies: [messageReply({ role: 'assistant', content: blocks.filter((block) => block !== undefined) }, end)],
  };
}

/** Adds to texts and thoughts. The input of a tool is not needed. */
function addTo(block: Fields, delta: Fields): void {
  for (const key of ['text', 'thinking']) {
    if (typeof delta[key] === 'string') block[key] = `${block[key] ?? ''}${delta[key]}`;
  }
}

function broken(what: string): VouchError {
  return new VouchError('BAD_RECORD', `the events do not make one message: ${what}`, {
    field: 'type',
    expected: 'the events of one stream from message_start to message_stop, in order',
    hint: 'Log the final message (stream.get_final_message()), or the events of each stream together as one list.',
  });
}
