import { isObject } from '../../../check-value.js';
import { type Fields, objectOf } from '../../fields.js';
import { replyOf } from '../reply.js';
import { endOf } from './ends.js';
import { spokenIn } from './parts.js';
import { type Body, failureIn, requestFailed, saidOf } from './response.js';
import { timeOf } from './time.js';

/** Items that only a Responses API output has. */
const ITEM = /^(message|reasoning|\w+_call(_output)?|mcp_\w+|compaction)$/;
const CALLS = new Set(['function_call', 'custom_tool_call', 'computer_call', 'mcp_approval_request']);

/** A response of OpenAI's Responses API, or its output items alone, as a tool stored it; null for anything else. */
export function responsesBody(value: unknown): Body | null {
  const response = responseOf(value);
  if (response === null || !Array.isArray(response.output)) return null;
  const items = response.output.map((item) => objectOf(item) ?? {});
  if (response.object !== 'response' && !isOutput(items)) return null;
  if (response.status === 'failed') throw requestFailed(failureIn(response) ?? 'no reason given');
  const messages = items.filter((item) => item.type === 'message' && item.role !== 'user');
  const said = messages.map((item) => spokenIn(item.content).text ?? '').join('');
  const thought = items.filter((item) => item.type === 'reasoning').map(thoughtOf);
  const logprobs = messages.flatMap((item) => (Array.isArray(item.content) ? item.content : [])).flatMap(logprobsOf);
  const incomplete = objectOf(response.incomplete_details)?.reason;
  const called = items.some((item) => typeof item.type === 'string' && CALLS.has(item.type));
  const end = called ? 'tool_calls' : endOf(incomplete ?? response.status);
  const time = timeOf(response.created_at);
  return {
    ...saidOf(response.id, response.model),
    ...(time === undefined ? {} : { time }),
    replies: [
      replyOf(
        { content: said, reasoning_content: thought.join('\n') },
        end,
        logprobs.length === 0 ? undefined : { content: logprobs },
      ),
    ],
  };
}

/** The response, or its items alone: a list of them, or the one message. */
function responseOf(value: unknown): Fields | null {
  if (Array.isArray(value)) return { output: value };
  const response = objectOf(value);
  if (response === null || response.type !== 'message' || !Array.isArray(response.content)) return response;
  return { output: [response], status: response.status };
}

function isOutput(items: Fields[]): boolean {
  if (!items.every((item) => typeof item.type === 'string' && ITEM.test(item.type))) return false;
  return items.some((item) => item.type !== 'reasoning');
}

function thoughtOf(item: Fields): string {
  const { text } = spokenIn(
    Array.isArray(item.content) && item.content.length > 0 ? asText(item.content) : item.summary,
  );
  return text ?? '';
}

function asText(parts: unknown[]): unknown[] {
  return parts.map((part) => (isObject(part) ? { text: part.text } : part));
}

function logprobsOf(part: unknown): unknown[] {
  return isObject(part) && Array.isArray(part.logprobs) ? part.logprobs : [];
}
