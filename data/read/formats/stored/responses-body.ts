import { isObject } from '../../../check-value.js';
import { type Fields, objectOf } from '../../fields.js';
import { replyOf } from '../reply.js';
import { endOf } from './ends.js';
import { spokenIn } from './parts.js';
import { type Body, failureIn, requestFailed, saidOf } from './response.js';
import { timeOf } from './time.js';

/** Items of a Responses API output that are the model's own words or calls. */
const ITEMS = new Set(['message', 'reasoning', 'function_call', 'custom_tool_call']);
const CALLS = new Set(['function_call', 'custom_tool_call', 'computer_call', 'mcp_approval_request']);

/** A response of OpenAI's Responses API, or the list of its output items alone, as a tool stored it; null for anything else. */
export function responsesBody(value: unknown): Body | null {
  const response = Array.isArray(value) ? { output: value } : objectOf(value);
  if (response === null || !Array.isArray(response.output)) return null;
  const items = response.output.map((item) => objectOf(item) ?? {});
  const isOurs = items.some((item) => typeof item.type === 'string' && ITEMS.has(item.type));
  if (!isOurs && response.object !== 'response') return null;
  if (response.status === 'failed') throw requestFailed(failureIn(response) ?? 'no reason given');
  const messages = items.filter((item) => item.type === 'message');
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
