import { type Fields, objectOf } from '../../table/fields.js';
import type { Context, LogFormat, Part } from '../log-format.js';
import { turnsOf } from '../parts/messages.js';
import { replyOf } from '../parts/reply.js';
import { askedInChat } from './asked.js';
import { type Exchange, exchangeOf } from './exchange.js';
import { failureOf, isError, noAnswerIn } from './failure.js';
import { isLitellm } from './litellm.js';
import { commonFields, requestFor } from './record-of.js';
import { withSamples } from './samples.js';

/**
 * Chat completions of OpenAI, Azure and compatible servers (vLLM, llama.cpp, DeepSeek, Mistral, OpenRouter …): bare,
 * with their request, in the Batch API's output, as a stored stream, logged by LiteLLM, or as a conversation that ends
 * with the answer. The first choice is the answer; other choices become samples if they are answers.
 */
export const openaiChat: LogFormat = {
  name: 'openai-chat',
  title: 'OpenAI Chat Completions',
  source: 'https://platform.openai.com/docs/api-reference/chat/object and openai-python 3.57 (looked up 2026-11)',
  detect,
  read,
  mapping: [
    ['id', "`custom_id`, else the row's `id` if the row has a request, else the response's `id`"],
    [
      'messages, prompt',
      '`messages` or `prompt` of the request (`request`, `body`, `input`, `kwargs`, the row itself, or the ' +
        "batch's input file)",
    ],
    [
      'answer',
      '`choices[0].message.content`, else `refusal`; null for tool and function calls, content filters and errors',
    ],
    ['reasoning', '`message.reasoning_content`, `reasoning`, `thinking`, or parts of the content of type `thinking`'],
    ['tokens', '`choices[0].logprobs.content`, if they belong to the answer'],
    ['samples', '`choices[1…]`'],
    ['finish', '`choices[0].finish_reason`'],
    ['model, time', '`model` and `created` of the response'],
    ['decoding', '`temperature`, `top_p`, `max_tokens`, `seed` … of the request'],
    ['conversation', '`trace_id` of LiteLLM'],
  ],
  example: [
    '{"id":"q1","request":{"model":"gpt-4o","messages":[{"role":"user","content":"Capital of Australia?"}]},' +
      '"response":{"id":"c1","object":"chat.completion","created":1764000000,"model":"gpt-4o-2024-08-06",' +
      '"choices":[{"index":0,"message":{"role":"assistant","content":"Canberra"},"finish_reason":"stop",' +
      '"logprobs":{"content":[{"token":"Can","logprob":-0.1,"bytes":[67,97,110],"top_logprobs":[]},' +
      '{"token":"berra","logprob":-0.01,"bytes":[98,101,114,114,97],"top_logprobs":[]}]}}]}}',
    '{"id":"batch_req_1","custom_id":"q2","response":{"status_code":200,"body":{"id":"c2",' +
      '"object":"chat.completion","model":"gpt-4o","choices":[{"index":0,"message":{"role":"assistant",' +
      '"content":"Lima"},"finish_reason":"stop"}]}},"error":null}',
    '{"id":"t1","messages":[{"role":"user","content":"Capital of Peru?"},{"role":"assistant","content":"Lima"}]}',
  ].join('\n'),
};

function detect(row: Fields): string | null {
  const { kind, request, holder, text, bare } = exchangeOf(row);
  if (kind === 'chat') return bare ? 'choices' : 'a response with choices[].message';
  if (kind !== null) return null;
  if (text !== null) return isAsked(request ?? row) ? 'a request with messages, and a text as the answer' : null;
  if ('custom_id' in row) return 'custom_id';
  if (endsWithAnswer(row)) return 'messages, the last of them by the assistant';
  if (isLitellm(row)) return 'call_type and model_parameters';
  if (isErrorBody(row)) return 'error.message alone';
  const asked = Array.isArray(row.messages) || (request !== null && isAsked(request));
  return asked && hasFailed(row, holder) ? 'a request with messages, and its error' : null;
}

/** Whether a row reports a failure, or contains an empty response. */
function hasFailed(row: Fields, holder: Fields | null): boolean {
  return failureOf(row, holder, null) !== null || (holder !== null && Object.keys(holder).length === 0);
}

/** The body that an API sends, or puts into a stream, when it fails. */
function isErrorBody(row: Fields): boolean {
  const alone = Object.keys(row).every((key) => ['error', 'id', 'object', 'status', 'created', 'model'].includes(key));
  return alone && typeof objectOf(row.error)?.message === 'string';
}

function isAsked({ messages, prompt, input }: Fields): boolean {
  return Array.isArray(messages) || typeof prompt === 'string' || input != null;
}

/** A stored conversation whose last message is the assistant's. */
function endsWithAnswer({ messages }: Fields): boolean {
  return Array.isArray(messages) && objectOf(messages.at(-1))?.role === 'assistant';
}

function read(row: Fields, { requests }: Context): Part[] {
  const exchange = exchangeOf(row);
  const { body, holder, text } = exchange;
  const choices = choicesOf(body);
  const broken = choices.length > 0 && isError(body?.error);
  const failure = broken ? null : failureOf(row, holder, body);
  if (failure !== null) return [{ failed: failure, value: row }];
  const request = requestFor(row, exchange, requests);
  const record = { ...commonFields(row, exchange, request), ...askedInChat(request) };
  if (text !== null) {
    const reply = replyOf({ content: text }, row.finish_reason, row.logprobs);
    return [{ record: { ...withoutEnd(record), ...reply } }];
  }
  if (body === null && endsWithAnswer(row)) return [{ record: fromConversation(record, row) }];
  const replies = choices.map((choice) => replyIn(broken ? { ...choice, finish_reason: 'error' } : choice));
  if (replies.length === 0 || (replies[0].answer !== null && isEmpty(choices[0]))) {
    return [{ failed: noAnswerIn(row), value: row }];
  }
  return [{ record: withSamples(record, replies, request) }];
}

function choicesOf(body: Exchange['body']): Fields[] {
  const listed = Array.isArray(body?.choices) ? body.choices : [];
  const choices = listed.map((choice) => objectOf(choice) ?? {});
  return choices.sort((a, b) => Number(a.index ?? 0) - Number(b.index ?? 0));
}

function replyIn(choice: Fields) {
  const finish = choice.error == null ? choice.finish_reason : 'error';
  return replyOf(objectOf(choice.message) ?? { content: choice.text }, finish, choice.logprobs);
}

/** For an answer stored as text, the keys next to it are read as its finish reason and log-probabilities. */
function withoutEnd({ finish_reason: _, logprobs, ...record }: Fields): Fields {
  return record;
}

/** A choice that contains neither a message nor a text. */
function isEmpty({ message, text }: Fields): boolean {
  return objectOf(message) === null && typeof text !== 'string';
}

function fromConversation(record: Fields, { messages }: Fields): Fields {
  const last = objectOf((messages as unknown[]).at(-1)) ?? {};
  return { ...record, messages: turnsOf((messages as unknown[]).slice(0, -1)), ...replyOf(last, undefined) };
}
