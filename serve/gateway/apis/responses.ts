import { randomUUID } from 'node:crypto';
import { spliceJson } from '../../../data/ask/splice-json.js';
import { type Fields, isObject } from '../../../data/check-value.js';
import { boundedJson } from '../../../data/read/bounded-json.js';
import { editJson } from '../wire/edit-json.js';
import { eventWith, parsed, withData } from '../wire/events.js';
import type { Api } from './api.js';
import { tellsOfFailure } from './failure.js';
import { gatherResponse } from './gather-response.js';
import { responseEvents } from './response-events.js';

const INCLUDE = 'message.output_text.logprobs';

/** OpenAI's Responses. One answer a response; what vouch says stands in the response, in a stream in that of the last event. */
export const responses: Api = {
  format: 'openai-responses',
  source: 'https://platform.openai.com/docs/api-reference/responses (openai-python 3.57, types/responses)',
  path: /\/responses$/,
  takes: ({ input, prompt, previous_response_id: previous, conversation }) =>
    [input, prompt, previous, conversation].some((value) => value != null),
  logprobs: {
    asked: ({ include, top_logprobs: top }) => (Array.isArray(include) && include.includes(INCLUDE)) || top != null,
    ask: ({ include }, top) => ({
      include: [...(Array.isArray(include) ? include : []), INCLUDE],
      top_logprobs: top,
    }),
    strip,
    stripData(data) {
      const inResponse = editJson(data, ['response'], strip);
      const inItem = editJson(inResponse, ['item', 'content', '*', 'logprobs'], none);
      return editJson(editJson(inItem, ['part', 'logprobs'], none), ['logprobs'], none);
    },
  },
  holds: (response) => Array.isArray(response.output) && !tellsOfFailure(response) && response.status !== 'failed',
  answers: (request, response) =>
    Array.isArray(response.output) && response.output.length > 0 ? [{ request, response, place: 0 }] : [],
  replace: (text, texts) => spliceJson(text, replacement(boundedJson(text) as Fields, texts.get(0) as string)),
  gathering: gatherResponse,
  failureIsLast: true,
  say(last, _, vouch) {
    const data = last === null ? undefined : parsed(last);
    if (last === null || !isObject(data))
      return [eventWith({ type: 'vouch', vouch }, 'vouch'), ...(last === null ? [] : [last])];
    const speak = (text: string) => spliceJson(text, { vouch });
    const text = last.data as string;
    return [withData(last, isObject(data.response) ? editJson(text, ['response'], speak) : speak(text))];
  },
  replaceEvents: (_, response, texts) =>
    responseEvents({ ...response, ...replacement(response, texts.get(0) as string) }),
};

const none = () => '[]';

/** Takes the log-probabilities out, and the number of alternatives that the response repeats from the request. */
function strip(text: string): string {
  return editJson(editJson(text, ['output', '*', 'content', '*', 'logprobs'], none), ['top_logprobs'], () => '0');
}

/** One message in the place of all output: nothing that was withheld must show elsewhere. */
function replacement(response: Fields, text: string): Fields {
  const output = Array.isArray(response.output) ? response.output.filter(isObject) : [];
  const id = output.find(({ type }) => type === 'message')?.id ?? `msg_${randomUUID().replaceAll('-', '')}`;
  const content = [{ type: 'output_text', text, annotations: [], logprobs: [] }];
  return {
    status: 'completed',
    incomplete_details: null,
    ...('output_text' in response ? { output_text: text } : {}),
    output: [{ type: 'message', id, status: 'completed', role: 'assistant', content }],
  };
}
