import { randomUUID } from 'node:crypto';
import { membersOf, type Place } from '../../../data/ask/journal/json-members.js';
import { edited, spliceSteps } from '../../../data/ask/journal/splice-json.js';
import { type Fields, isObject } from '../../../data/check-value.js';
import { editJson } from '../wire/edit-json.js';
import { eventWith, parsed, withData } from '../wire/events.js';
import type { Api } from './api.js';
import { tellsOfFailure } from './failure.js';
import { gatherResponse } from './gather-response.js';
import { headOnly, headText, nameIn } from './head-only.js';
import { responseEvents } from './response-events.js';

const INCLUDE = 'message.output_text.logprobs';
/** The path of the log-probabilities in a response and in the events of a stream. */
const LISTS = ['output', '*', 'content', '*', 'logprobs'];
const IN_EVENTS = [['response', ...LISTS], ['item', 'content', '*', 'logprobs'], ['part', 'logprobs'], ['logprobs']];

/**
 * OpenAI's Responses. Each response has one answer. vouch's result is in the response, or, in a stream, in the response
 * of the last event.
 */
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
    *strip(text) {
      return yield* editJson(yield* editJson(text, [LISTS], none), [['top_logprobs']], zero);
    },
    *stripData(data) {
      const stripped = yield* editJson(data, IN_EVENTS, none);
      return yield* editJson(stripped, [['response', 'top_logprobs']], zero);
    },
  },
  holds: (response) => Array.isArray(response.output) && !tellsOfFailure(response) && response.status !== 'failed',
  sizeOf({ output }) {
    const parts = listIn(output).flatMap(({ content }) => listIn(content));
    const tokens = parts.reduce((sum, { logprobs }) => sum + (Array.isArray(logprobs) ? logprobs.length : 0), 0);
    return { choices: 1, items: (Array.isArray(output) ? output.length : 0) + parts.length, tokens };
  },
  answers: (request, response) =>
    Array.isArray(response.output) && response.output.length > 0 ? [{ request, response, prompt: 0, place: 0 }] : [],
  *replace(text, response, texts) {
    const put = replacement(response, texts.get(0) as string);
    return yield* headText(yield* spliceSteps(text, put), Object.keys(put));
  },
  saying: (text, model) => {
    const head = { id: `resp_${idOf()}`, object: 'response', created_at: 0, model, error: null };
    return { ...head, ...replacement({}, text) };
  },
  gathering: gatherResponse,
  failureIsLast: true,
  *say(last, _, vouch) {
    const data = last === null ? undefined : parsed(last);
    if (last === null || !isObject(data))
      return [eventWith({ type: 'vouch', vouch }, 'vouch'), ...(last === null ? [] : [last])];
    const text = last.data as string;
    if (!isObject(data.response)) return [withData(last, yield* spliceSteps(text, { vouch }))];
    const members = yield* membersOf(text, { from: 0, to: text.length });
    const place = members.findLast(({ key }) => key === 'response') as Place;
    const put = yield* spliceSteps(text.slice(place.from, place.to), { vouch });
    return [withData(last, edited(text, [{ ...place, put }]))];
  },
  // biome-ignore lint/correctness/useYield: other APIs need several steps
  *replaceEvents(_, response, texts) {
    return responseEvents({ ...headOnly(response), ...replacement(response, texts.get(0) as string) });
  },
  knows: (data) => isObject(data) && (typeof data.type === 'string' || Array.isArray(data.output)),
};

const none = () => '[]';
const zero = () => '0';
const listIn = (value: unknown): Fields[] => (Array.isArray(value) ? value.filter(isObject) : []);
const idOf = () => randomUUID().replaceAll('-', '');

/** One message replaces all output, so that nothing that was withheld appears elsewhere. */
function replacement(response: Fields, text: string): Fields {
  const output = Array.isArray(response.output) ? response.output.filter(isObject) : [];
  const id = nameIn(output.find(({ type }) => type === 'message')?.id) ?? `msg_${idOf()}`;
  const content = [{ type: 'output_text', text, annotations: [], logprobs: [] }];
  return {
    status: 'completed',
    incomplete_details: null,
    ...('output_text' in response ? { output_text: text } : {}),
    output: [{ type: 'message', id, status: 'completed', role: 'assistant', content }],
  };
}
