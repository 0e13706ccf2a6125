import { finishOf, leavesNoAnswer } from '../../../finish.js';
import { type Fields, objectOf } from '../../table/fields.js';
import { answerTokens, type ListedToken, listedTokens } from '../parts/answer-tokens.js';
import { contentOf } from '../parts/messages.js';
import type { Reply } from '../parts/reply.js';

/** Reasons why the API leaves a response incomplete. */
const INCOMPLETE: Record<string, string> = {
  max_output_tokens: 'length',
  max_messages: 'length',
  content_filter: 'content_filter',
};

/** The reply in the items of a Responses API response; null if it is not finished, or there is none. */
export function responsesReply(body: Fields): Reply | null {
  const items = (Array.isArray(body.output) ? body.output : []).map((item) => objectOf(item) ?? {});
  const thought = items.map(thoughtIn).filter((text) => text !== '');
  const reasoning = thought.length === 0 ? {} : { reasoning: thought.join('\n\n') };
  const end = endOf(body);
  if (end === null) return null;
  const finish = end === undefined ? {} : { finish: end };
  const none = (why: string): Reply => ({ answer: null, finish: why, ...reasoning });
  if (end !== undefined && leavesNoAnswer(end)) return none(end);
  const answered = answeredCalls(items);
  if (items.some((item) => isOpenCall(item, answered))) return none('tool_calls');
  const messages = lastMessages(items);
  const called = items.some(({ type }) => String(type).endsWith('_call'));
  if (messages.length === 0) {
    if (called && end !== 'length') return none('tool_calls');
    return end === 'length' || thought.length > 0 ? { answer: '', ...finish, ...reasoning } : null;
  }
  const parts = messages.flatMap(({ content }) => (Array.isArray(content) ? content : [content]));
  const answer = parts.map((part) => objectOf(part)?.refusal ?? contentOf(part).text ?? '').join('');
  const tokens = answerTokens(tokensIn(parts), answer, thought.length > 0);
  return { answer, ...finish, ...reasoning, ...(tokens === undefined ? {} : { tokens }) };
}

/** How a response ended; undefined if it does not say, null if it is not finished. */
function endOf({ status, incomplete_details: details }: Fields): string | undefined | null {
  if (status === 'in_progress' || status === 'queued') return null;
  if (status === 'cancelled') return 'error';
  const given = objectOf(details)?.reason;
  if (status == null && given == null) return undefined;
  if (status != null && status !== 'incomplete') return 'stop';
  const reason = String(given ?? 'length');
  return INCOMPLETE[reason] ?? finishOf(reason) ?? 'length';
}

/** Calls that the client must answer. Calls that the API answers itself are followed by their results. */
const CLIENT_CALLS = new Set([
  ...['function_call', 'custom_tool_call', 'computer_call', 'local_shell_call', 'shell_call', 'apply_patch_call'],
  'mcp_approval_request',
]);

/** Ids of the calls that have a result. */
function answeredCalls(items: readonly Fields[]): ReadonlySet<unknown> {
  const results = items.filter(({ type }) => /_(output|response)$/.test(String(type)));
  const ids = results.flatMap(({ call_id: id, approval_request_id: request }): unknown[] => [id, request]);
  return new Set(ids.filter((id) => id != null));
}

function isOpenCall(item: Fields, answered: ReadonlySet<unknown>): boolean {
  return CLIENT_CALLS.has(String(item.type)) && !answered.has(item.call_id) && !answered.has(item.id);
}

/** The messages after the last call, without commentary; if there are none, those before it. */
function lastMessages(items: readonly Fields[]): Fields[] {
  const after = items.findLastIndex(({ type }) => /_(call|call_output|output)$/.test(String(type)));
  const last = items.slice(after + 1).filter(isSaid);
  return last.length > 0 ? last : items.filter(isSaid);
}

function isSaid({ type, role, phase }: Fields): boolean {
  return type === 'message' && role !== 'user' && phase !== 'commentary';
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
