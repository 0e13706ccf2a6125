import { isObject } from '../../../check-value.js';
import { type Fields, merged, objectOf } from '../../table/fields.js';
import type { Turn } from '../parts/messages.js';
import type { Reply } from '../parts/reply.js';
import { decodingIn } from '../stored/decoding.js';
import { type Asked, inputOf, turnsIn } from '../stored/input.js';
import { fromJsonText } from '../stored/json-text.js';
import { messageReply, plainMessage } from '../stored/message.js';
import { outputOf } from '../stored/output.js';
import { spokenIn } from '../stored/parts.js';
import { nested } from './attributes.js';
import type { Span, SpanEvent } from './span.js';

const INDEXED = /^(gen_ai\.(prompt|completion)|llm\.(prompts|completions))\.\d/;
/** Events with one message of the conversation. */
const TURN = /^gen_ai\.(system|user|assistant|tool)\.message$/;

/** Whether a span or its events concern a model at all. */
export function isGenAi({ attributes, events }: Pick<Span, 'attributes' | 'events'>): boolean {
  const keys = Object.keys(attributes);
  return (
    keys.some((key) => /^(gen_ai|llm\.(request|completions)|ai\.(response|prompt|model))\b/.test(key)) ||
    events.some(({ name }) => name.startsWith('gen_ai.'))
  );
}

/** Why a span is not a model call with an answer; null if it is one. */
export function otherThanCall(span: Span): string | null {
  const { attributes: a, events, name } = span;
  const operation = a['gen_ai.operation.name'] ?? a['llm.request.type'];
  if (typeof operation === 'string' && operation !== '') {
    if (/embedding|rerank/i.test(operation)) return 'an embedding or reranking, not an answer';
    if (/^(chat|text_completion|completion|generate_content|message|ask)/i.test(operation)) return null;
    if (!/^ai\./.test(operation)) return `a span of ${operation}, not a model call`;
  }
  if (/^ai\.(generate|stream)(Text|Object)$/.test(name)) return 'the outer span of a model call';
  const answered = Object.keys(a).some((key) =>
    /^(gen_ai\.(output\.messages|completion|response)|llm\.completions|ai\.response)/.test(key),
  );
  if (answered || events.some((event) => /^gen_ai\.(choice|content\.completion|client\.inference)/.test(event.name)))
    return null;
  return 'not a model call';
}

/** The replies of a model call, from any place where its messages may be; null if they were not recorded. */
export function repliesIn({ attributes, events }: Pick<Span, 'attributes' | 'events'>): Reply[] | null {
  const all = withDetails(attributes, events);
  const finishes = finishesIn(all);
  const outputs = fromJsonText(all['gen_ai.output.messages']);
  if (Array.isArray(outputs) && outputs.length > 0) {
    return outputs.map((message, i) =>
      messageReply(plainMessage(message) ?? {}, objectOf(message)?.finish_reason ?? finishes[i]),
    );
  }
  const indexed = indexedIn(all).completion;
  if (Array.isArray(indexed)) {
    return indexed.map((item, i) =>
      messageReply(indexedMessage(item, 'assistant'), objectOf(item)?.finish_reason ?? finishes[i]),
    );
  }
  const choices = events.filter(({ name }) => name === 'gen_ai.choice').map(choiceOf);
  if (choices.some(({ message }) => message !== null)) {
    choices.sort((a, b) => a.index - b.index);
    return choices.map(({ message, finish }, i) => messageReply(message ?? {}, finish ?? finishes[i]));
  }
  const content = events.find(({ name }) => name === 'gen_ai.content.completion')?.attributes['gen_ai.completion'];
  const whole = content ?? all['gen_ai.completion'];
  if (whole != null) return outputOf(whole, { field: 'gen_ai.completion', finish: finishes[0] })?.replies ?? null;
  return vercelReply(all);
}

/** What a model was asked in a call. */
export function askedIn({ attributes, events }: Pick<Span, 'attributes' | 'events'>): Asked {
  const all = withDetails(attributes, events);
  const gen = indexedIn(all);
  const model = all['gen_ai.response.model'] ?? all['gen_ai.request.model'] ?? all['ai.model.id'];
  const decoding = decodingIn(settingsIn(all));
  const said = messagesIn(all, gen, events);
  const system = spokenIn(fromJsonText(all['gen_ai.system_instructions'])).text;
  const turns: Turn[] = system === null || system === '' ? [] : [{ role: 'system', content: system }];
  const about = {
    ...(typeof model === 'string' && model !== '' ? { model } : {}),
    ...(decoding === undefined ? {} : { decoding }),
  };
  if (said.messages !== undefined) return { messages: [...turns, ...said.messages], ...about };
  if (turns.length > 0 && said.prompt !== undefined) turns.push({ role: 'user', content: said.prompt });
  return turns.length > 0 ? { messages: turns, ...about } : { ...said, ...about };
}

function messagesIn(all: Fields, gen: Fields, events: SpanEvent[]): Asked {
  const inputs = turnsIn(fromJsonText(all['gen_ai.input.messages']));
  if (inputs !== null) return { messages: inputs };
  if (Array.isArray(gen.prompt)) {
    const turns = turnsIn(gen.prompt.map((item) => indexedMessage(item, 'user')));
    if (turns !== null) return { messages: turns };
  }
  const turns = turnsIn(events.filter(({ name }) => TURN.test(name)).map(eventMessage));
  if (turns !== null) return { messages: turns };
  const content = events.find(({ name }) => name === 'gen_ai.content.prompt')?.attributes['gen_ai.prompt'];
  const whole = content ?? all['gen_ai.prompt'] ?? all['ai.prompt.messages'] ?? all['ai.prompt'];
  if (whole == null) return {};
  const { messages, prompt } = inputOf(whole);
  return messages === undefined ? { prompt } : { messages };
}

/** Attributes of the span, and those of an event that contains a whole call. */
function withDetails(attributes: Fields, events: SpanEvent[]): Fields {
  const details = events.filter(({ name }) => name === 'gen_ai.client.inference.operation.details');
  return merged([...details.map((event) => ({ ...objectOf(event.body), ...event.attributes })), attributes]);
}

/** Messages in numbered attributes: gen_ai.prompt.0.content, and llm.prompts.0.content in older OpenLLMetry. */
function indexedIn(attributes: Fields): Fields {
  const own = Object.entries(attributes).filter(([key]) => INDEXED.test(key));
  const { gen_ai: gen, llm } = nested(Object.fromEntries(own));
  const older = objectOf(llm) ?? {};
  return { prompt: older.prompts, completion: older.completions, ...objectOf(gen) };
}

function settingsIn(attributes: Fields): Fields {
  const own = /^gen_ai\.request\./;
  const request = Object.entries(attributes).filter(([key]) => own.test(key));
  return Object.fromEntries(request.map(([key, value]) => [key.replace(own, ''), value]));
}

function finishesIn(attributes: Fields): unknown[] {
  const list = fromJsonText(attributes['gen_ai.response.finish_reasons']);
  if (Array.isArray(list)) return list;
  const one = [
    list,
    attributes['gen_ai.response.finish_reason'],
    attributes['llm.response.finish_reason'],
    attributes['gen_ai.response.stop_reason'],
    attributes['ai.response.finishReason'],
  ];
  return one.filter((end) => typeof end === 'string').slice(0, 1);
}

/**
 * gen_ai.completion.0.content and similar: content may be a list of parts as JSON; calls are in other attributes next
 * to it.
 */
function indexedMessage(item: unknown, role: string): Fields {
  const message = objectOf(item) ?? {};
  const { content } = message;
  const parts = typeof content === 'string' && /^\s*\[/.test(content) ? fromJsonText(content) : content;
  const isParts = Array.isArray(parts) && parts.every((part) => isObject(part) && typeof part.type === 'string');
  return { ...message, role: message.role ?? role, content: isParts ? parts : content };
}

/**
 * The message of an event: from its attributes, from their `gen_ai.event.content`, or from the body of a log record.
 */
function messageIn(event: SpanEvent): Fields {
  const content = objectOf(event.attributes['gen_ai.event.content']) ?? {};
  return { ...nested(event.attributes), ...content, ...objectOf(event.body) };
}

function eventMessage(event: SpanEvent): Fields {
  const said = messageIn(event);
  const content = said.content ?? said.parts ?? null;
  return { ...said, content: fromPartsText(content), role: said.role ?? event.name.split('.')[1] };
}

function choiceOf(event: SpanEvent): { index: number; message: Fields | null; finish: unknown } {
  const said = messageIn(event);
  const inner = objectOf(said.message) ?? (typeof said.message === 'string' ? { content: said.message } : {});
  const message: Fields = { role: 'assistant', ...inner };
  for (const key of ['content', 'tool_calls']) message[key] ??= fromJsonText(said[key]);
  message.content = fromPartsText(message.content);
  const calls = Array.isArray(message.tool_calls) && message.tool_calls.length > 0;
  const holds = message.content != null || Array.isArray(message.parts) || calls;
  return { index: Number(said.index ?? 0), message: holds ? message : null, finish: said.finish_reason };
}

/** A list of parts that an SDK stored as JSON text. */
function fromPartsText(content: unknown): unknown {
  const value = fromJsonText(content);
  return Array.isArray(value) && value.every((part) => isObject(part) && ('text' in part || 'type' in part))
    ? value
    : content;
}

/** Vercel's AI SDK stores the answer's text and its calls in separate attributes. */
function vercelReply(all: Fields): Reply[] | null {
  const text = all['ai.response.text'] ?? all['ai.response.object'];
  const calls = fromJsonText(all['ai.response.toolCalls']);
  if (text == null && calls == null) return null;
  return [messageReply({ role: 'assistant', content: text, tool_calls: calls }, finishesIn(all)[0])];
}
