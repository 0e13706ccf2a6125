import { isObject } from '../../../check-value.js';
import { type Fields, objectOf } from '../../table/fields.js';
import { type Asked, inputOf, requestOf } from './input.js';
import { fromJsonText } from './json-text.js';
import { restOf } from './record.js';
import { failureIn, requestFailed } from './response.js';
import { timeOf } from './time.js';

/** Where a request or a response stands in a row, by the names that people and tools give them. */
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
/** What a request is made of where it stands in the row itself, beside the response. */
const ASKED = [
  'messages',
  'contents',
  'system',
  'systemInstruction',
  'system_instruction',
  'generationConfig',
] as const;
/** Keys of a row that tell of the exchange and not of the answer. */
const AROUND = ['id', 'custom_id', 'key', 'recordId', 'error', 'method', 'url', 'timestamp', 'created_at'] as const;

/** A request, its response, and what else a row has. */
export interface Pair {
  asked: Asked;
  response: unknown;
  /** `id` and `time` as far as the row itself has them. */
  base: Fields;
  rest: Fields;
}

/** How responses of one API are known. */
export interface Shape {
  is(value: unknown): boolean;
  /** Each response holds one of these; a text that holds none is not parsed. */
  marks: readonly string[];
  /** Keys of a response that stands in the row itself. */
  own: readonly string[];
}

/** The key under which a row has a response of one API: '' for the row itself, null where it has none. */
export function responseKey(row: Fields, shape: Shape): string | null {
  const key = RESPONSE.find((name) => row[name] != null && responseIn(row[name], shape) !== undefined);
  return key ?? (shape.is(row) ? '' : null);
}

/** The response: as it is, as JSON in a text, or the body of an HTTP response. */
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

/** Takes a row apart. Error: BAD_RECORD for a failed request. */
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

/** What was asked; a logged HTTP request has it in its body. A request without its messages tells of none. */
function askedIn(asks: unknown): Asked {
  if (asks === null) return {};
  const request = objectOf(asks);
  if (request === null) return inputOf(asks);
  const asked = requestOf(request);
  const body = objectOf(request.body);
  return body !== null && asked.messages === undefined && asked.prompt === undefined ? requestOf(body) : asked;
}

/** What was asked: an object, also as JSON in a text; messages; or a text. */
function asksIn(value: unknown): unknown {
  const request = objectOf(value);
  if (request !== null) return Object.keys(request).length === 0 ? null : request;
  return Array.isArray(value) || (typeof value === 'string' && value !== '') ? value : null;
}

/** An id of the row's own; a response that stands in the row itself brings its id along. */
function idOf(row: Fields, isResponses: boolean): string | undefined {
  const id = row.custom_id ?? row.key ?? row.recordId ?? (isResponses ? undefined : row.id);
  return typeof id === 'string' || typeof id === 'number' || typeof id === 'bigint' ? String(id) : undefined;
}
