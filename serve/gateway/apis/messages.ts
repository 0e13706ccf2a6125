import { randomUUID } from 'node:crypto';
import { spliceSteps } from '../../../data/ask/journal/splice-json.js';
import { type Fields, isObject } from '../../../data/check-value.js';
import { eventWith, parsed, type ServerEvent, withData } from '../wire/events.js';
import type { Api, Gathering, Mark } from './api.js';
import { isFailure, tellsOfFailure } from './failure.js';
import { headOnly, headText } from './head-only.js';
import { placeIn } from './place.js';

/**
 * Anthropic's Messages. They have no log-probabilities. vouch's result is in the message, or, in a stream, in the event
 * with the stop reason (`message_delta`), because clients may reject an event that they do not know.
 */
export const messages: Api = {
  format: 'anthropic',
  source: 'https://docs.anthropic.com/en/api/messages, …/messages-streaming (anthropic-python 2.14, types)',
  path: /(?<!\/threads\/[^/]+)\/messages$/,
  takes: (body) => Array.isArray(body.messages),
  logprobs: null,
  holds: (response) => Array.isArray(response.content) && !tellsOfFailure(response),
  answers: (request, response) =>
    Array.isArray(response.content) && (response.content.length > 0 || response.stop_reason != null)
      ? [{ request, response, prompt: 0, place: 0 }]
      : [],
  sizeOf: ({ content }) => ({ choices: 1, items: Array.isArray(content) ? content.length : 0, tokens: 0 }),
  *replace(text, _, texts) {
    const put = replacement(texts.get(0) as string);
    return yield* headText(yield* spliceSteps(text, put), Object.keys(put));
  },
  saying: (text, model) => ({
    id: `msg_${randomUUID().replaceAll('-', '')}`,
    type: 'message',
    role: 'assistant',
    model,
    ...replacement(text),
    usage: { input_tokens: 0, output_tokens: 0 },
  }),
  gathering,
  failureIsLast: true,
  *say(last, _, vouch) {
    if (last !== null && isObject(parsed(last))) {
      return [withData(last, yield* spliceSteps(last.data as string, { vouch }))];
    }
    return [eventWith({ type: 'vouch', vouch }, 'vouch'), ...(last === null ? [] : [last])];
  },
  // biome-ignore lint/correctness/useYield: other APIs need several steps
  *replaceEvents(_, response, texts) {
    return eventsOf({ ...headOnly(response), ...replacement(texts.get(0) as string) });
  },
  knows: (data) => isObject(data) && (typeof data.type === 'string' || Array.isArray(data.content)),
};

function replacement(text: string): Fields {
  return { content: [{ type: 'text', text }], stop_reason: 'end_turn', stop_sequence: null };
}

/** The texts of a block that are appended, by the kind of delta that carries them. */
const GROWS: ReadonlyMap<unknown, string> = new Map([
  ['text_delta', 'text'],
  ['thinking_delta', 'thinking'],
  ['signature_delta', 'signature'],
]);

/** Combines the events of a stream. A message without a stop reason counts as failed. */
function gathering(): Gathering {
  let message: Fields = {};
  let failed = false;
  const blocks: Fields[] = [];
  let ended = false;

  const add = (data: Fields): Mark => {
    const index = placeIn(data.index);
    if (data.type === 'message_start' && isObject(data.message)) message = { ...data.message };
    else if (data.type === 'content_block_start' && isObject(data.content_block)) {
      blocks[index] = { ...data.content_block };
      return data.content_block.type === 'text' ? 'nothing' : 'piece';
    } else if (data.type === 'content_block_delta' && isObject(data.delta)) {
      const key = GROWS.get(data.delta.type);
      blocks[index] ??= {};
      if (key !== undefined) blocks[index][key] = `${blocks[index][key] ?? ''}${data.delta[key] ?? ''}`;
      return 'piece';
    } else if (data.type === 'message_delta' && isObject(data.delta)) {
      Object.assign(message, data.delta);
      if (isObject(data.usage)) message.usage = Object.assign(isObject(message.usage) ? message.usage : {}, data.usage);
      if (data.delta.stop_reason == null) return 'nothing';
      ended = true;
      return 'last';
    } else if (data.type === 'message_stop') {
      ended = true;
      return 'last';
    }
    return 'nothing';
  };
  return {
    add(event) {
      if (isFailure(event)) {
        failed = true;
        return 'failure';
      }
      const data = parsed(event);
      return isObject(data) ? add(data) : 'nothing';
    },
    response() {
      const content = blocks.filter((block) => block !== undefined);
      return { ...message, content, ...(failed || !ended ? { stop_reason: 'error' } : {}) };
    },
  };
}

/** The events of a message with one text, as the API streams it. */
function eventsOf(message: Fields): ServerEvent[] {
  const [block] = message.content as Fields[];
  const { stop_reason, stop_sequence, usage } = message;
  const events: Fields[] = [
    { type: 'message_start', message: { ...message, content: [], stop_reason: null, stop_sequence: null } },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: block.text } },
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta: { stop_reason, stop_sequence }, usage: usage ?? { output_tokens: 0 } },
    { type: 'message_stop' },
  ];
  return events.map((data) => eventWith(data, String(data.type)));
}
