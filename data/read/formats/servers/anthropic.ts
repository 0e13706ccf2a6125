import { VouchError } from '../../../../support/errors.js';
import { type Fields, objectOf } from '../../table/fields.js';
import type { Context, LogFormat } from '../log-format.js';
import { anthropicBody, eventOf, isMessage } from '../stored/anthropic-body.js';
import { inputOf } from '../stored/input.js';
import { pairIn, responseKey, type Shape } from '../stored/pair.js';
import { recordOf } from '../stored/record.js';
import { failureIn, requestFailed } from '../stored/response.js';
import { words } from '../stored/words.js';

/** Messages of Anthropic's API: with their requests, bare, as results of message batches, or as events of streams. */
export const anthropic: LogFormat = {
  name: 'anthropic',
  title: 'Anthropic Messages',
  source:
    'https://docs.claude.com/en/api/messages, /en/api/retrieving-message-batch-results and ' +
    '/en/docs/build-with-claude/streaming; types of the Python package anthropic 2.14.0',
  detect,
  read(row, context) {
    return [{ record: 'result' in row && isResult(row) ? batchRecord(row, context) : pairRecord(row) }];
  },
  pieceOf: (row) => (eventOf(row) === null || isAlone(row) ? null : 'stream'),
  isLast: (row) => ['message_stop', 'error'].includes(String(eventOf(row)?.type)),
  join: (pieces) => ({ response: pieces.map(eventOf) }),
  mapping: [
    ['id', 'custom_id of a batch, else id next to request and response, else the message’s id'],
    ['messages', 'request.system, request.messages (batches: from params, or from the file of requests)'],
    ['answer', 'texts of response.content; null for tool_use, and for stop_reason refusal or pause_turn'],
    ['reasoning', 'thinking blocks of response.content'],
    [
      'finish',
      'response.stop_reason: end_turn and stop_sequence become stop, max_tokens becomes length, tool_use ' +
        'becomes tool_calls',
    ],
    ['model', 'response.model'],
    ['decoding', 'temperature, top_p, top_k, max_tokens of the request'],
  ],
  example: [
    '{"id": "r1", "request": {"model": "claude-sonnet-4-5", "max_tokens": 64, "messages": [{"role": "user", ' +
      '"content": "Capital of Australia?"}]}, "response": {"id": "msg_1", "type": "message", "role": ' +
      '"assistant", "model": "claude-sonnet-4-5", "content": [{"type": "text", "text": "Canberra"}], ' +
      '"stop_reason": "end_turn"}}',
    '{"custom_id": "q2", "result": {"type": "succeeded", "message": {"id": "msg_2", "type": "message", ' +
      '"role": "assistant", "model": "claude-sonnet-4-5", "content": [{"type": "text", "text": "Lima"}], ' +
      '"stop_reason": "end_turn"}}}',
  ].join('\n'),
};

const SHAPE: Shape = {
  is: isResponse,
  marks: ['stop_reason', 'message_start', '"completion"', '"error"'],
  own: words(`
  id type role model content stop_reason stop_sequence usage container context_management completion stop log_id
  stop_details
`),
};
const RESULTS = ['succeeded', 'errored', 'canceled', 'expired'];

function detect(row: Fields): string | null {
  if (isResult(row)) return 'custom_id and result.type';
  if (eventOf(row) !== null && !isAlone(row)) return 'events of a stream (type: message_start …)';
  const key = responseKey(row, SHAPE);
  if (key === null) return null;
  return key === '' ? 'a message (type, role, content blocks)' : `${key} with content blocks and stop_reason`;
}

function isResult(row: Fields): boolean {
  return typeof row.custom_id === 'string' && RESULTS.includes(String(objectOf(row.result)?.type));
}

/** An error that is a whole response, not an event between others. */
function isAlone(row: Fields): boolean {
  return row.type === 'error' && ('request_id' in row || 'request' in row);
}

/** A message, a list of events, a text completion, or an error in their place. */
function isResponse(value: unknown): boolean {
  if (Array.isArray(value)) return eventOf(value[0])?.type === 'message_start';
  const message = objectOf(value);
  if (message === null) return false;
  if (isMessage(message)) return true;
  if (message.type === 'completion') return typeof message.completion === 'string';
  return message.type === 'error' && typeof objectOf(message.error)?.type === 'string';
}

function pairRecord(row: Fields): Fields {
  const { asked, response, base, rest } = pairIn(row, SHAPE);
  const body = anthropicBody(response);
  if (body === null) throw nothing(row);
  return { ...rest, ...recordOf(base, asked, body) };
}

/** One result of a batch, with its request (found by custom_id) if that was given. */
function batchRecord(row: Fields, { requests }: Context): Fields {
  const { custom_id: id, result: stored, params, request, ...rest } = row;
  const result = objectOf(stored) ?? {};
  if (result.type === 'errored') throw requestFailed(failureIn(result) ?? 'no reason given', 'result.error');
  if (result.type !== 'succeeded') {
    throw new VouchError(
      'BAD_RECORD',
      `the request was ${result.type === 'expired' ? 'not answered in time' : 'canceled'}`,
      {
        field: 'result.type',
        expected: 'succeeded',
        got: result.type,
      },
    );
  }
  const body = anthropicBody(result.message);
  if (body === null) throw nothing(result);
  const asks = objectOf(params) ?? objectOf(request) ?? requests.get(String(id));
  return { ...rest, ...recordOf({ id: String(id) }, inputOf(objectOf(asks?.params) ?? asks), body) };
}

function nothing(row: Fields): VouchError {
  return new VouchError('BAD_RECORD', 'has no answer', {
    field: 'content',
    expected: 'a message of the Messages API, or the events of one stream on consecutive lines',
    got: Object.keys(row),
  });
}
