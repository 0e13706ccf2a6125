import type { Fields } from '../../table/fields.js';
import { objectOf } from '../../table/fields.js';
import type { Context, LogFormat, Part } from '../log-format.js';
import { askedInResponses } from './asked.js';
import { exchangeOf } from './exchange.js';
import { failureOf, noAnswerIn } from './failure.js';
import { commonFields, requestFor, textOf } from './record-of.js';
import { responsesReply } from './responses-reply.js';

/**
 * Responses API: bare, with its request, in the Batch API's output, or as a stored stream. The answer is the text of
 * the messages after the last tool call, without commentary. If a tool call has no result yet, there is no answer.
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
    ['id', "`custom_id`, else the row's `id` if the row has a request, else the response's `id`"],
    ['messages, prompt', '`instructions` and `input` of the request'],
    [
      'answer',
      '`output_text` or `refusal` of the messages in `output`; null if a tool call is open, a filter cut the ' +
        'answer off, or the request failed',
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
    '{"id":"q1","request":{"model":"gpt-4o","instructions":"Be brief.","input":"Capital of Australia?",' +
    '"include":["message.output_text.logprobs"]},"response":{"id":"resp_1","object":"response",' +
    '"created_at":1764000000,"model":"gpt-4o-2024-08-06","status":"completed","output":[{"id":"msg_1",' +
    '"type":"message","role":"assistant","status":"completed","content":[{"type":"output_text",' +
    '"text":"Canberra","annotations":[],"logprobs":[{"token":"Can","logprob":-0.1,"bytes":[67,97,110],' +
    '"top_logprobs":[]},{"token":"berra","logprob":-0.01,"bytes":[98,101,114,114,97],' +
    '"top_logprobs":[]}]}]}]}}',
};

function read(row: Fields, { requests }: Context): Part[] {
  const exchange = exchangeOf(row);
  const body = exchange.body as Fields;
  const failure = failureOf(row, exchange.holder, body);
  if (failure !== null) return [{ failed: failure, value: row }];
  const request = requestFor(row, exchange, requests);
  const reply = responsesReply(body);
  if (reply === null) return [{ failed: noAnswerIn(row, 'a response that is finished, with a message'), value: row }];
  const record = { ...commonFields(row, exchange, request), ...askedInResponses(request), ...reply };
  const conversation = textOf(objectOf(body.conversation)?.id ?? body.conversation ?? request.conversation);
  return [{ record: conversation === undefined ? record : { ...record, conversation } }];
}
