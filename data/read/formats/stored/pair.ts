import { isObject } from '../../../check-value.js';
import { type Fields, objectOf } from '../../table/fields.js';
import { type Asked, inputOf, requestOf } from './input.js';
import { fromJsonText } from './json-text.js';
import { restOf } from './record.js';
import { failureIn, requestFailed } from './response.js';
import { timeOf } from './time.js';

/** Keys under which people and tools store a request or a response in a row. */
const REQUEST = ['request', 'request_body', 'requestBody', 'params', 'modelInput', 'body', 'input', 'kwargs'] as const;
const RESPONSE = [
  'response',
  'response_body',
  'responseBody',
  'modelOutput',
  'completion',
  'output',
  'message',
  'result',
] as const;
/** Keys of a request that is in the row itself, next to the response. */
const ASKED = [
  'messages',
  'contents',
  'system',
  'systemInstruction',
  'system_instruction',
  'generationConfig',
] as const;
/** Keys of a row that describe the exchange, not the answer. */
const AROUND = ['id', 'custom_id', 'key', 'recordId', 'error', 'method', 'url', 'timestamp', 'created_at'] as const;

/** A request, its response, and the rest of a row. */
interface Pair {
  asked: Asked;
  response: unknown;
  /** `id` and `time`, if the row itself has them. */
  base: Fields;
  rest: Fields;
}

/** How to recognise the responses of one API. */
export interface Shape {
  is(value: unknown): boolean;
  /** Each response contains one of these; a text without them is not parsed. */
  marks: readonly string[];
  /** Keys of a response that is in the row itself. */
  own: readonly string[];
}

/** The key under which a row has a response of one API: '' for the row itself, null if it has none. */
export function responseKey(row: Fields, shape: Shape): string | null {
  const key = RESPONSE.find((name) => row[name] != null && responseIn(row[name], shape) !== undefined);
  return key ?? (shape.is(row) ? '' : null);
}

/** The response: as it is, from JSON text, or from the body of an HTTP response. */
function responseIn(stored: unknown, shape: Shape): unknown {
  const value = parsed(stored, shape);
  if (value != null && shape.is(value)) return value;
  const body = isObject(value) ? parsed(value.body, shape) : null;
  return body != null && shape.is(body) ? body : undefined;
}

function parsed(stored: unknown, { marks }: Shape): unknown {
  if (typeof stored !== 'string') return stored;
  return marks.some((mark) => stored.includes(mark)) ? fromJsonText(stored) : null;
}

/** Separates request and response in a row. Error: BAD_RECORD for a failed request. */
export function pairIn(row: Fields, shape: Shape): Pair {
  const { own } = shape;
  const at = responseKey(row, shape);
  const bare = at === '' || at === null;
  const response = bare ? row : responseIn(row[at], shape);
  const from = REQUEST.find((name) => name !== at && !(bare && own.includes(name)) && asksIn(row[name]) !== null);
  const status = objectOf(bare ? null : row[at])?.status_code ?? row.status_code ?? row.status;
  const failure = failureIn(row) ?? (bare ? null : failureIn(response));
  if (failure !== null || (typeof status === 'number' && status >= 400)) {
    throw requestFailed(failure ?? `status ${String(status)}`, failure === null ? 'status' : 'error');
  }
  const beside = Object.fromEntries(ASKED.filter((key) => row[key] != null).map((key) => [key, row[key]]));
  const asks = from === undefined ? ('messages' in beside || 'contents' in beside ? beside : null) : asksIn(row[from]);
  const known = new Set<string>([...AROUND, ...(from === undefined ? ASKED : [from]), ...(bare ? own : [at])]);
  return {
    asked: askedIn(asks),
    response,
    base: {
      id: idOf(row, bare && own.includes('id')),
      time: timeOf(row.time ?? row.timestamp ?? row.created_at),
    },
    rest: restOf(row, known),
  };
}

/** What was asked. A logged HTTP request has it in its body. Empty for a request without messages. */
function askedIn(asks: unknown): Asked {
  if (asks === null) return {};
  const request = objectOf(asks);
  if (request === null) return inputOf(asks);
  const asked = requestOf(request);
  const body = objectOf(request.body);
  return body !== null && asked.messages === undefined && asked.prompt === undefined ? requestOf(body) : asked;
}

/** The request in a value: an object, also as JSON text; messages; or a text. */
function asksIn(value: unknown): unknown {
  const request = objectOf(value);
  if (request !== null) return Object.keys(request).length === 0 ? null : request;
  return Array.isArray(value) || (typeof value === 'string' && value !== '') ? value : null;
}

/** The row's own id. If the response is in the row itself, the id is the response's. */
function idOf(row: Fields, isResponses: boolean): string | undefined {
  const id = row.custom_id ?? row.key ?? row.recordId ?? (isResponses ? undefined : row.id);
  return typeof id === 'string' || typeof id === 'number' || typeof id === 'bigint' ? String(id) : undefined;
}
