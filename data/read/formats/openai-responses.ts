import { finishOf, leavesNoAnswer } from '../../finish.js';
import type { Fields } from '../fields.js';
import { objectOf } from '../fields.js';
import { answerTokens, type ListedToken, listedTokens } from './answer-tokens.js';
import type { Context, LogFormat, Part } from './log-format.js';
import { contentOf } from './messages.js';
import { askedInResponses } from './openai/asked.js';
import { exchangeOf } from './openai/exchange.js';
import { failureOf, noAnswerIn } from './openai/failure.js';
import { commonFields, requestFor, textOf } from './openai/record-of.js';
import type { Reply } from './reply.js';

/**
 * Responses API: bare, beside its request, in the Batch API's output, or as a stored stream. The answer is what the messages after
 * the last tool call say, without commentary. A call that nobody answered yet leaves none.
 */
export const openaiResponses: LogFormat = {
  name: 'openai-responses',
  title: 'OpenAI Responses',
  source: 'https://platform.openai.com/docs/api-reference/responses/object and openai-python 3.57 (looked up 2026-11)',
  detect: (row) => {
    const { kind, bare } = exchangeOf(row);
    return kind === 'responses' ? (bare ? 'object: response' : 'a response with output items') : null;
  },
  read,
  mapping: [
    ['id', "`custom_id`, else the row's `id` beside a request, else the response's `id`"],
    ['messages, prompt', '`instructions` and `input` of the request'],
    [
      'answer',
      '`output_text` or `refusal` of the messages in `output`; null where a tool call is open, a filter cut it off or it failed',
    ],
    ['reasoning', '`content`, else `summary`, of the items of type `reasoning`'],
    ['tokens', '`logprobs` of the texts'],
    ['finish', '`status` and `incomplete_details.reason`: stop, length, content_filter, tool_calls, error'],
    ['model, time', '`model` and `created_at` of the response'],
    [
      'decoding',
      '`temperature`, `top_p`, `max_output_tokens`, `reasoning.effort` of the request, else of the response',
    ],
    ['conversation', '`conversation.id`'],
  ],
  example:
    '{"id":"q1","request":{"model":"gpt-4o","instructions":"Be brief.","input":"Capital of Australia?","include":["message.output_text.logprobs"]},"response":{"id":"resp_1","object":"response","created_at":1764000000,"model":"gpt-4o-2024-08-06","status":"completed","output":[{"id":"msg_1","type":"message","role":"assistant","status":"completed","content":[{"type":"output_text","text":"Canberra","annotations":[],"logprobs":[{"token":"Can","logprob":-0.1,"bytes":[67,97,110],"top_logprobs":[]},{"token":"berra","logprob":-0.01,"bytes":[98,101,114,114,97],"top_logprobs":[]}]}]}]}}',
};

function read(row: Fields, { requests }: Context): Part[] {
  const exchange = exchangeOf(row);
  const body = exchange.body as Fields;
  const failure = failureOf(row, exchange.holder, body);
  if (failure !== null) return [{ failed: failure, value: row }];
  const request = requestFor(row, exchange, requests);
  const items = (Array.isArray(body.output) ? body.output : []).map((item) => objectOf(item) ?? {});
  const reply = replyIn(body, items);
  if (reply === null) return [{ failed: noAnswerIn(row, 'a response that is finished, with a message'), value: row }];
  const record = { ...commonFields(row, exchange, request), ...askedInResponses(request), ...reply };
  const conversation = textOf(objectOf(body.conversation)?.id ?? body.conversation ?? request.conversation);
  return [{ record: conversation === undefined ? record : { ...record, conversation } }];
}

/** Reasons for which the API leaves a response incomplete. */
const INCOMPLETE: Record<string, string> = {
  max_output_tokens: 'length',
  max_messages: 'length',
  content_filter: 'content_filter',
};

/** The reply that a response's items make; null where it is not finished, or holds none. */
function replyIn(body: Fields, items: readonly Fields[]): Reply | null {
  const thought = items.map(thoughtIn).filter((text) => text !== '');
  const reasoning = thought.length === 0 ? {} : { reasoning: thought.join('\n\n') };
  const end = endOf(body);
  const none = (finish: string): Reply => ({ answer: null, finish, ...reasoning });
  if (end === null) return null;
  if (leavesNoAnswer(end)) return none(end);
  if (items.some((item) => isOpenCall(item, items))) return none('tool_calls');
  const messages = lastMessages(items);
  const called = items.some(({ type }) => String(type).endsWith('_call'));
  if (messages.length === 0) {
    if (called && end === 'stop') return none('tool_calls');
    return end === 'length' || thought.length > 0 ? { answer: '', finish: end, ...reasoning } : null;
  }
  const parts = messages.flatMap(({ content }) => (Array.isArray(content) ? content : [content]));
  const answer = parts.map((part) => objectOf(part)?.refusal ?? contentOf(part).text ?? '').join('');
  const tokens = answerTokens(tokensIn(parts), answer, thought.length > 0);
  return { answer, finish: end, ...reasoning, ...(tokens === undefined ? {} : { tokens }) };
}

/** How a response ended; null while it is not finished. */
function endOf({ status, incomplete_details: details }: Fields): string | null {
  if (status === 'in_progress' || status === 'queued') return null;
  if (status === 'cancelled') return 'error';
  if (status !== 'incomplete') return 'stop';
  const reason = String(objectOf(details)?.reason ?? 'length');
  return INCOMPLETE[reason] ?? finishOf(reason) ?? 'length';
}

/** Calls that the client must answer; those that the API answers itself are followed by what came of them. */
const CLIENT_CALLS = new Set([
  ...['function_call', 'custom_tool_call', 'computer_call', 'local_shell_call', 'shell_call', 'apply_patch_call'],
  'mcp_approval_request',
]);

function isOpenCall(item: Fields, items: readonly Fields[]): boolean {
  if (!CLIENT_CALLS.has(String(item.type))) return false;
  const ids: unknown[] = [item.call_id, item.id].filter((id) => id != null);
  return !items.some(
    ({ type, call_id: id, approval_request_id: request }) =>
      /_(output|response)$/.test(String(type)) && (ids.includes(id) || ids.includes(request)),
  );
}

/** The messages after the last call, without commentary; where none follows it, those before. */
function lastMessages(items: readonly Fields[]): Fields[] {
  const messages = items.filter(isMessage);
  const said = messages.filter(({ phase }) => phase !== 'commentary');
  const after = items.findLastIndex(({ type }) => /_(call|call_output|output)$/.test(String(type)));
  const last = said.filter((message) => items.indexOf(message) > after);
  return last.length > 0 ? last : said;
}

function isMessage({ type, role }: Fields): boolean {
  return type === 'message' && role !== 'user';
}

function thoughtIn({ type, content, summary }: Fields): string {
  if (type !== 'reasoning') return '';
  const said = [content, summary].find((parts) => Array.isArray(parts) && parts.length > 0);
  if (!Array.isArray(said)) return '';
  return said
    .map((part) => objectOf(part)?.text)
    .filter((text) => typeof text === 'string')
    .join('\n\n');
}

function tokensIn(parts: readonly unknown[]): ListedToken[] | undefined {
  const listed = parts.flatMap((part) => listedTokens(objectOf(part)?.logprobs) ?? []);
  return listed.length === 0 ? undefined : listed;
}
