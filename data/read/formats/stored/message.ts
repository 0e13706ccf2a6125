import { isObject } from '../../../check-value.js';
import { type Fields, objectOf } from '../../table/fields.js';
import { contentOf, type Turn } from '../parts/messages.js';
import { type Reply, replyOf } from '../parts/reply.js';
import { endOf } from './ends.js';
import { toJsonText } from './json-text.js';
import { spokenIn } from './parts.js';

/** Roles by their names in LangChain and Gemini. */
const ROLES = new Map(
  Object.entries({
    human: 'user',
    ai: 'assistant',
    model: 'assistant',
    humanmessage: 'user',
    humanmessagechunk: 'user',
    aimessage: 'assistant',
    aimessagechunk: 'assistant',
    systemmessage: 'system',
    toolmessage: 'tool',
    functionmessage: 'function',
  }),
);

/** The role by its usual name. */
function roleOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? (ROLES.get(value.toLowerCase()) ?? value) : undefined;
}

/**
 * A stored message as {role, content, …}: from that form; from LangChain's serialised forms ({id: […, "AIMessage"],
 * kwargs}, {type: "ai", data}, ["human", text]); or from OpenInference's nested form ({message: …}). Null if it is not
 * a message.
 */
export function plainMessage(value: unknown): Fields | null {
  if (Array.isArray(value)) {
    const [role, content] = value;
    const isPair = value.length === 2 && typeof role === 'string' && typeof content === 'string';
    return isPair && roleOf(role) !== role ? { role: roleOf(role), content } : null;
  }
  const object = objectOf(value);
  if (object === null) return null;
  const kwargs = objectOf(object.kwargs);
  if (kwargs !== null && Array.isArray(object.id)) {
    return { ...kwargs, role: roleOf(kwargs.role) ?? roleOf(object.id.at(-1)) ?? roleOf(kwargs.type) };
  }
  const data = objectOf(object.data);
  if (data !== null && typeof object.type === 'string' && 'content' in data) {
    return { ...data, role: roleOf(data.role) ?? roleOf(object.type) };
  }
  const inner = objectOf(object.message);
  if (inner !== null && object.role === undefined) {
    return { ...inner, role: roleOf(inner.role), finish_reason: inner.finish_reason ?? object.finish_reason };
  }
  const role = roleOf(object.role);
  if (role !== undefined) return { ...object, role };
  if ('content' in object && typeof object.type === 'string' && ROLES.has(object.type.toLowerCase())) {
    return { ...object, role: roleOf(object.type) };
  }
  return null;
}

/** A plain message as a turn of the conversation. */
export function turnOf(message: Fields): Turn {
  const content = message.content ?? message.parts ?? message.contents;
  const parts = Array.isArray(content) ? content : [content];
  const said = [spokenIn(content).text, ...parts.map(resultIn)].filter((text) => text !== null);
  const { media } = contentOf(parts.map(asMedia));
  return {
    role: roleOf(message.role) ?? 'user',
    content: said.length === 0 ? null : said.join(''),
    ...(media.length > 0 ? { media } : {}),
  };
}

/** The result of a tool, as text: later turns of the conversation depend on it. */
function resultIn(part: unknown): string | null {
  if (!isObject(part)) return null;
  const response = objectOf(part.functionResponse) ?? objectOf(part.function_response);
  const isResult = typeof part.type === 'string' && /^tool_(call_)?(result|response)$/.test(part.type);
  const toolResult = objectOf(part.toolResult);
  const given = isResult
    ? (part.content ?? part.result ?? part.response)
    : toolResult !== null
      ? toolResult.content
      : response?.response;
  if (given == null) return null;
  return typeof given === 'string' ? given : (spokenIn(given).text ?? toJsonText(given));
}

/** Converts images and files of OpenTelemetry and Bedrock to the parts that `messages.ts` reads. */
function asMedia(part: unknown): unknown {
  if (!isObject(part)) return part;
  const nestedImage = objectOf(objectOf(part.message_content)?.image);
  if (nestedImage !== null) return { file: objectOf(nestedImage.image)?.url ?? nestedImage.url };
  if (part.type === 'uri') return { file: part.uri };
  if (part.type === 'blob') return { file: part.content };
  if (part.type === 'file' && typeof part.file_id === 'string') return { file: part.file_id };
  const held = [part.image, part.document, part.video].map((item) => objectOf(objectOf(item)?.source));
  const source = held.find((item) => item !== null);
  if (source == null) return part;
  return { file: source.bytes ?? objectOf(source.s3Location)?.uri };
}

/**
 * A plain message as a model's reply. Its finish reason and log-probabilities may be next to it or in LangChain's
 * metadata.
 */
export function messageReply(message: Fields, finish?: unknown, logprobs?: unknown): Reply {
  const meta = objectOf(message.response_metadata) ?? {};
  const beside = objectOf(message.additional_kwargs) ?? {};
  const content = message.content ?? message.parts ?? message.contents;
  const { text, reasoning, calls } = spokenIn(content);
  const known = [message.tool_calls, beside.tool_calls].find((list) => Array.isArray(list) && list.length > 0);
  const end = endOf(finish ?? message.finish_reason ?? meta.finish_reason ?? meta.stop_reason ?? meta.done_reason);
  const plain: Fields = {
    ...beside,
    ...message,
    content: text,
    tool_calls: known ?? (calls ? [{}] : []),
    function_call: message.function_call ?? beside.function_call,
  };
  if (reasoning !== '') plain.reasoning_content = reasoning;
  return replyOf(plain, end, logprobs ?? meta.logprobs);
}
