import { type Fields, objectOf } from '../../fields.js';
import { type Asked, inputOf } from './input.js';
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

/** The key under which a row has a response of one API: '' for the row itself, null where it has none. */
export function responseKey(row: Fields, isResponse: (value: unknown) => boolean): string | null {
  const key = RESPONSE.find((name) => responseIn(row[name], isResponse) !== undefined);
  return key ?? (isResponse(row) ? '' : null);
}

/** The response: as it is, as JSON in a text, or the body of an HTTP response. */
function responseIn(stored: unknown, isResponse: (value: unknown) => boolean): unknown {
  const value = fromJsonText(stored);
  const body = fromJsonText(objectOf(value)?.body);
  return [value, body].find((one) => one != null && isResponse(one));
}

/** Takes a row apart. `own` are the keys of a response that stands in the row itself. Error: BAD_RECORD for a failed request. */
export function pairIn(row: Fields, isResponse: (value: unknown) => boolean, own: readonly string[]): Pair {
  const at = responseKey(row, isResponse);
  const bare = at === '' || at === null;
  const response = bare ? row : responseIn(row[at], isResponse);
  const request = REQUEST.map((name) => objectOf(row[name])).find((one, i) => one !== null && REQUEST[i] !== at);
  const status = objectOf(bare ? null : row[at])?.status_code ?? row.status_code ?? row.status;
  const failure = failureIn(row) ?? (bare ? null : failureIn(response));
  if (failure !== null || (typeof status === 'number' && status >= 400)) {
    throw requestFailed(failure ?? `status ${String(status)}`, failure === null ? 'status' : 'error');
  }
  const beside = Object.fromEntries(ASKED.filter((key) => row[key] != null).map((key) => [key, row[key]]));
  const asks = request ?? ('messages' in beside || 'contents' in beside ? beside : null);
  const known = new Set<string>([...AROUND, ...REQUEST, ...(request == null ? ASKED : []), ...(bare ? own : RESPONSE)]);
  return {
    asked: asks === null ? {} : inputOf(asks),
    response,
    base: {
      id: idOf(row, bare && own.includes('id')),
      time: timeOf(row.time ?? row.timestamp ?? row.created_at),
    },
    rest: restOf(row, known),
  };
}

/** An id of the row's own; a response that stands in the row itself brings its id along. */
function idOf(row: Fields, isResponses: boolean): string | undefined {
  const id = row.custom_id ?? row.key ?? row.recordId ?? (isResponses ? undefined : row.id);
  return typeof id === 'string' || typeof id === 'number' || typeof id === 'bigint' ? String(id) : undefined;
}
