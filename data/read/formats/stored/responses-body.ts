import { VouchError } from '../../../../support/errors.js';
import { type Fields, objectOf } from '../../table/fields.js';
import { responsesReply } from '../openai/responses-reply.js';
import { type Body, failureIn, requestFailed, saidOf } from './response.js';
import { timeOf } from './time.js';

/** Types of items that only the output of the Responses API has. */
const ITEM = /^(message|reasoning|\w+_call(_output)?|mcp_\w+|compaction)$/;

/**
 * A response of OpenAI's Responses API, or only its output items, as a tool stored it; null for anything else. Error:
 * BAD_RECORD for one without an answer.
 */
export function responsesBody(value: unknown): Body | null {
  const response = responseOf(value);
  if (response === null || !Array.isArray(response.output)) return null;
  const items = response.output.map((item) => objectOf(item) ?? {});
  if (response.object !== 'response' && !isOutput(items)) return null;
  if (response.status === 'failed') throw requestFailed(failureIn(response) ?? 'no reason given');
  const reply = responsesReply(response);
  if (reply === null) throw noAnswer(response);
  const time = timeOf(response.created_at);
  return {
    ...saidOf(response.id, response.model),
    ...(time === undefined ? {} : { time }),
    replies: [reply],
  };
}

function noAnswer(response: Fields): VouchError {
  return new VouchError('BAD_RECORD', 'has no answer', {
    field: 'output',
    expected: 'a response that is finished, with a message',
    got: Object.keys(response),
  });
}

/** The response. Output items alone (a list of them, or the only message) are wrapped into one. */
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
