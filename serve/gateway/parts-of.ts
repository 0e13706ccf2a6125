import { type Fields, isObject } from '../../data/check-value.js';
import type { Part } from '../../data/read/formats/log-format.js';
import { contentOf } from '../../data/read/formats/messages.js';
import { replyOf } from '../../data/read/formats/reply.js';
import { fromOpenAi } from '../../data/read/openai.js';
import type { Api } from './apis/api.js';

/**
 * The parts of a logged `{request, response}`, read by the format of the API.
 *
 * TO BE REPLACED when the formats are in the list: `logFormatNamed(format)!.read({ request, response }, { requests: new Map() })`.
 * Until then every API is laid out as a chat completion.
 */
export function partsOf(format: Api['format'], request: Fields, response: Fields): Part[] {
  const row = AS_CHAT[format](request, response);
  const record = fromOpenAi(row, new Map(), 'answer', 1);
  const replies = (row.response.choices as Fields[]).map(({ message, finish_reason: finish, logprobs }) =>
    replyOf(isObject(message) ? message : {}, finish, logprobs),
  );
  const [own, ...others] = replies;
  const samples = others.filter(({ answer }) => answer !== null).map(({ answer, tokens }) => ({ answer, tokens }));
  const { tokens: _, samples: __, ...rest } = record;
  return [{ record: { ...rest, ...own, ...(samples.length === 0 ? {} : { samples }) } }];
}

interface Row extends Fields {
  request: Fields;
  response: Fields;
}

const AS_CHAT: Record<Api['format'], (request: Fields, response: Fields) => Row> = {
  'openai-chat': (request, response) => ({ request, response }),
  'openai-completions': (request, response) => {
    const choices = (response.choices as Fields[]).map(({ text, ...rest }) => ({
      ...rest,
      message: { content: text },
    }));
    return { request, response: { ...response, choices } };
  },
  'openai-responses': (request, response) => {
    const { input, instructions, max_output_tokens, ...rest } = request;
    const system = typeof instructions === 'string' ? [{ role: 'system', content: instructions }] : [];
    const turns = Array.isArray(input) ? input : [{ role: 'user', content: input }];
    const items = (response.output as unknown[]).filter(isObject);
    const parts = items.flatMap(({ type, content }) => (type === 'message' && Array.isArray(content) ? content : []));
    const calls = items.filter(({ type }) =>
      /^(function|custom_tool|computer|local_shell|shell)_call$/.test(String(type)),
    );
    const texts = parts.filter(isObject);
    const logprobs = texts.flatMap((part) => (Array.isArray(part.logprobs) ? part.logprobs : []));
    const { incomplete_details: details, status } = response;
    const reason = isObject(details) ? details.reason : undefined;
    const ended = status === 'completed' ? 'stop' : status === 'incomplete' ? reason : 'error';
    const message = {
      content: texts.filter(({ type }) => type === 'output_text'),
      refusal: contentOf(texts.map(({ refusal }) => refusal ?? '')).text || null,
      ...(calls.length > 0 ? { tool_calls: calls } : {}),
    };
    const choice = { message, finish_reason: ended, logprobs: logprobs.length > 0 ? { content: logprobs } : null };
    return {
      request: { ...rest, max_tokens: max_output_tokens, messages: [...system, ...turns] },
      response: { model: response.model, created: response.created_at, choices: [choice] },
    };
  },
  anthropic: (request, response) => {
    const blocks = (response.content as unknown[]).filter(isObject);
    const calls = blocks.filter(({ type }) => type === 'tool_use');
    const texts = blocks.filter(({ type }) => type === 'text');
    const message = {
      content: contentOf(texts).text ?? '',
      reasoning: contentOf(blocks.map(({ thinking }) => thinking ?? '')).text,
      ...(calls.length > 0 ? { tool_calls: calls } : {}),
    };
    const system = request.system == null ? [] : [{ role: 'system', content: contentOf(request.system).text }];
    const turns = Array.isArray(request.messages) ? request.messages : [];
    return {
      request: { ...request, messages: [...system, ...turns] },
      response: { model: response.model, choices: [{ message, finish_reason: response.stop_reason, logprobs: null }] },
    };
  },
};
