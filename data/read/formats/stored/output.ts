import { VouchError } from '../../../../support/errors.js';
import { isObject } from '../../../check-value.js';
import type { Fields } from '../../table/fields.js';
import { replyOf } from '../parts/reply.js';
import { bodyOf } from './body.js';
import { endOf } from './ends.js';
import { fromJsonText } from './json-text.js';
import { messageReply, plainMessage } from './message.js';
import { spokenIn } from './parts.js';
import type { Body } from './response.js';

/** Keys under which functions return a single text. */
const TEXTS = [
  'output',
  'answer',
  'response',
  'content',
  'text',
  'result',
  'completion',
  'output_text',
  'generated_text',
];

/** Roles that ask and do not answer. */
const ASKING = ['user', 'system', 'developer', 'tool', 'function'];

interface Beside {
  /** Name of the field, for errors. */
  field: string;
  /** The finish reason, if the tool stores it separately. */
  finish?: unknown;
  /** How many answers were requested: a list of this many messages contains that many answers. */
  n?: unknown;
}

/**
 * Reads what a tracing tool stored as a model's output: a text; a message; a list of messages, the last of which is the
 * answer; a provider's whole response; an object with one text; each also as JSON text. Null if nothing was stored.
 * Error: BAD_RECORD for an unknown form.
 */
export function outputOf(stored: unknown, { field, finish, n }: Beside): Body | null {
  if (stored == null) return null;
  const value = fromJsonText(stored);
  const body = bodyOf(value) ?? messagesBody(value, { field, finish, n });
  if (body !== null) return body;
  const text = isScalar(stored) ? String(stored) : null;
  if (text !== null) return { replies: [replyOf({ content: text }, endOf(finish))] };
  const held = wrapped(stored, { field, finish });
  if (held !== null) return held;
  throw new VouchError('BAD_RECORD', 'the output has no form that vouch knows', {
    field,
    expected: 'a text, a message, a list of messages, or the response of a known API',
    got: isObject(stored) ? Object.keys(stored) : stored,
    hint: `Give the path of the answer: --map answer=${field}.PATH.`,
  });
}

/** A text is an answer as it is, even if it is JSON that the model was asked for. */
function isScalar(value: unknown): boolean {
  return ['string', 'number', 'bigint', 'boolean'].includes(typeof value);
}

/**
 * A message, or a list of messages. These are choices if that many were requested, else a conversation whose last
 * message is the answer.
 */
function messagesBody(value: unknown, { field, finish, n }: Beside): Body | null {
  const alone = isObject(value) ? messageIn(value) : null;
  if (alone !== null && ASKING.includes(String(alone.role))) {
    throw new VouchError('BAD_RECORD', 'the output is not a message of a model', {
      field,
      expected: 'role assistant',
      got: alone.role,
    });
  }
  if (alone !== null) return { replies: [messageReply(alone, finish)] };
  const list = isObject(value) && Array.isArray(value.messages) ? value.messages : value;
  if (!Array.isArray(list) || list.length === 0) return null;
  const messages = list.map((item) => (isObject(item) || Array.isArray(item) ? messageIn(item) : null));
  if (messages.some((message) => message === null)) return partsBody(list, finish);
  const known = messages as Fields[];
  if (typeof n === 'number' && n > 1 && known.length === n) {
    return { replies: known.map((message) => messageReply(message)) };
  }
  const last = known.at(-1) as Fields;
  if (last.role !== 'assistant') return null;
  const answer = messageReply(last, finish);
  if (
    known.length > 1 &&
    known.every((message) => message.role === 'assistant' && messageReply(message).answer !== null)
  ) {
    throw new VouchError('BAD_RECORD', 'the output contains several answers, and nothing says which one counts', {
      field,
      expected: 'one message, or a conversation that ends with the answer',
      got: `${known.length} messages of the assistant`,
      hint: 'If they are choices, log n with the model’s parameters.',
    });
  }
  return { replies: [answer] };
}

/** A message with a role; also a call without one, as some tools store it. */
function messageIn(value: unknown): Fields | null {
  const message = plainMessage(value);
  if (message !== null) return message;
  if (!isObject(value)) return null;
  const calls = Array.isArray(value.tool_calls) && value.tool_calls.length > 0;
  if (calls || isObject(value.function_call)) return { role: 'assistant', ...value };
  return null;
}

/** A list of content parts, or of calls, without a message around them. */
function partsBody(list: unknown[], finish: unknown): Body | null {
  if (!list.every(isObject)) return null;
  const { text, reasoning, calls } = spokenIn(list);
  const functions = list.every((item) => item.type === 'function' && isObject(item.function));
  if (text === null && !calls && !functions) return null;
  const thought = reasoning === '' ? {} : { reasoning_content: reasoning };
  return {
    replies: [replyOf({ content: text, tool_calls: calls || functions ? [{}] : [], ...thought }, endOf(finish))],
  };
}

/** An object that wraps one text or one message: {output: "…"}. With two texts it is not clear which is the answer. */
function wrapped(value: unknown, { field, finish }: Beside): Body | null {
  if (Array.isArray(value))
    return value.length === 1 && isScalar(value[0]) ? outputOf(value[0], { field, finish }) : null;
  if (!isObject(value)) return null;
  const texts = TEXTS.filter((key) => typeof value[key] === 'string');
  if (texts.length === 1)
    return {
      replies: [replyOf({ ...reasoningOf(value), content: value[texts[0]] }, endOf(finish ?? value.finish_reason))],
    };
  if (texts.length > 1) return null;
  const held = TEXTS.map((key) => value[key]).filter((item) => isObject(item) || Array.isArray(item));
  if (held.length !== 1) return null;
  return bodyOf(held[0]) ?? messagesBody(held[0], { field, finish });
}

function reasoningOf({ reasoning, reasoning_content: content, thinking }: Fields): Fields {
  const said = [content, reasoning, thinking].find((text) => typeof text === 'string' && text !== '');
  return said === undefined ? {} : { reasoning_content: said };
}
