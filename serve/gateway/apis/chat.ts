import { type Fields, isObject } from '../../../data/check-value.js';
import { contentOf } from '../../../data/read/formats/parts/messages.js';
import type { Api } from './api.js';
import {
  holdsChoices,
  knowsChoices,
  newHead,
  pairsOf,
  replaceChoices,
  replaceChunks,
  sayInChunk,
  sizeOfChoices,
  withoutLogprobs,
} from './choices.js';
import { type Gathered, gatheringOf } from './gather-choices.js';

const CHUNK = 'chat.completion.chunk';

/** Chat Completions of OpenAI and of the many compatible servers. */
export const chat: Api = {
  format: 'openai-chat',
  source: 'https://platform.openai.com/docs/api-reference/chat (openai-python 3.57, types/chat)',
  path: /\/chat\/completions$/,
  takes: ({ messages }) => Array.isArray(messages),
  logprobs: {
    asked: ({ logprobs }) => logprobs === true,
    ask: (_, top) => ({ logprobs: true, top_logprobs: top }),
    strip: withoutLogprobs,
    stripData: withoutLogprobs,
  },
  holds: holdsChoices,
  sizeOf: sizeOfChoices,
  answers: pairsOf,
  replace: replaceChoices(replaced),
  saying: (text, model) => ({
    ...newHead('chatcmpl'),
    object: 'chat.completion',
    model,
    choices: [replaced(0, text)],
  }),
  gathering: () => gatheringOf({ empty, add, isEmpty: ({ message }) => !holdsAnything(message as Message) }),
  failureIsLast: false,
  say: sayInChunk(CHUNK),
  replaceEvents: replaceChunks(
    (index, content) => [
      { index, delta: { role: 'assistant', content }, logprobs: null, finish_reason: null },
      { index, delta: {}, logprobs: null, finish_reason: 'stop' },
    ],
    CHUNK,
  ),
  knows: knowsChoices(['text']),
};

/** A withheld answer must not appear elsewhere either: neither in the reasoning nor in the tokens. */
function replaced(index: number, content: string): Fields {
  return { index, message: { role: 'assistant', content, refusal: null }, logprobs: null, finish_reason: 'stop' };
}

interface Message extends Fields {
  role: string;
  content: string | null;
}

function empty(index: number): Gathered {
  return { index, message: { role: 'assistant', content: null }, logprobs: null, finish_reason: null };
}

/** Fields of a delta whose texts are appended. */
const TEXTS = ['content', 'refusal', 'reasoning_content', 'reasoning'] as const;

function add({ message }: Gathered, { delta }: Fields): boolean {
  if (!isObject(delta)) return false;
  const whole = message as Message;
  let said = false;
  for (const key of TEXTS) {
    const { text } = contentOf(delta[key]);
    if (text === null) continue;
    whole[key] = String(whole[key] ?? '') + text;
    said ||= text !== '';
  }
  if (Array.isArray(delta.tool_calls) && delta.tool_calls.length > 0) {
    const calls = Array.isArray(whole.tool_calls) ? whole.tool_calls : [];
    for (const call of delta.tool_calls) calls.push(call);
    whole.tool_calls = calls;
    said = true;
  }
  if (isObject(delta.function_call)) {
    const { name = '', arguments: args = '' } = (whole.function_call ?? {}) as Fields;
    const more = delta.function_call;
    whole.function_call = { name: `${name}${more.name ?? ''}`, arguments: `${args}${more.arguments ?? ''}` };
    said = true;
  }
  return said;
}

function holdsAnything({ role: _, ...message }: Message): boolean {
  return Object.values(message).some((value) => value !== null && value !== '');
}
