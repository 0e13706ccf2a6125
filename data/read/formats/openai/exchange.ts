import { type Fields, objectOf } from '../../table/fields.js';
import { heldIn } from '../parts/held-in.js';
import { listOf } from '../parts/messages.js';
import { areOutputItems, type Kind, kindOf } from './kind.js';
import { storedPieces, storedStream } from './stored-stream.js';

/** Keys under which logs store a request or a response. */
const REQUEST = ['request', 'body', 'input', 'kwargs'] as const;
const RESPONSE = ['response', 'completion', 'output'] as const;

/** A request and its response, as one row of a log contains them. */
export interface Exchange {
  /** Null if the response is not in the form of these APIs. */
  kind: Kind | null;
  /**
   * Null if the row has no request apart from the response; it may then be in the row itself, or in a batch's input
   * file.
   */
  request: Fields | null;
  /** The object around the response's body: an HTTP response, or a line of a batch's output. */
  holder: Fields | null;
  body: Fields | null;
  /** The response, if it is only a text. */
  text: string | null;
  /** Whether the row itself is the body. */
  bare: boolean;
  /** Keys of the row that contain the two. */
  used: readonly string[];
}

const known = new WeakMap<Fields, Exchange>();

/**
 * The request and the response in a row; strings with JSON are parsed. The result is cached, because several formats
 * ask for it.
 */
export function exchangeOf(row: Fields): Exchange {
  let exchange = known.get(row);
  if (exchange === undefined) known.set(row, (exchange = findExchange(row)));
  return exchange;
}

type Responded = Pick<Exchange, 'kind' | 'holder' | 'body' | 'text'>;
const NOTHING: Responded = { kind: null, holder: null, body: null, text: null };

function findExchange(row: Fields): Exchange {
  const own = kindOf(row);
  const bare = { ...NOTHING, kind: own, body: row, bare: true, used: [] };
  if (own === 'responses') return { ...bare, request: requestIn(row, [], own)?.request ?? null };
  for (const key of RESPONSE) {
    const held = key in row ? responseIn(row, key) : null;
    if (held === null || (held.kind === null && own !== null)) continue;
    const asked = requestIn(row, [key], held.kind);
    if (held.kind === null && held.text !== null && asked === null && !Array.isArray(row.messages)) continue;
    return { ...held, request: asked?.request ?? null, bare: false, used: asked === null ? [key] : [key, asked.key] };
  }
  const asked = requestIn(row, [], own);
  const used = asked === null ? [] : [asked.key];
  if (own !== null) return { ...bare, request: asked?.request ?? null, used };
  return { ...NOTHING, request: asked?.request ?? null, bare: false, used };
}

/** The response in the value of a key; null if it is not one. */
function responseIn(row: Fields, key: string): Responded | null {
  const value = row[key];
  const object = heldIn(row, key);
  const stream = object === null ? storedStream(value) : storedStream(object.body);
  if (stream !== null) return { kind: kindOf(stream), holder: object, body: stream, text: null };
  const text = typeof value === 'string' && !isForeign(value) ? { ...NOTHING, text: value } : null;
  const list = listOf(value);
  if (list !== null) {
    if (areOutputItems(list)) return { ...NOTHING, kind: 'responses', body: { object: 'response', output: list } };
    const last = objectOf(list.at(-1));
    return last !== null && key === 'output' && last.role === 'assistant' ? ofMessage(last) : text;
  }
  if (object === null) return text;
  const inner = objectOf(object.body);
  if (kindOf(object) === null && inner !== null)
    return { kind: kindOf(inner), holder: object, body: inner, text: null };
  if (kindOf(object) !== null) return { kind: kindOf(object), holder: null, body: object, text: null };
  if (object.role === 'assistant' && 'content' in object && !('stop_reason' in object)) return ofMessage(object);
  return text !== null && objectOf(object.error) === null ? text : { ...NOTHING, holder: object };
}

/** Keys that pieces of streams have in any API. */
const PIECE = ['choices', 'candidates', 'delta', 'message', 'done', 'object', 'type', 'event', 'error'] as const;

/** Whether a text is the raw stream of another API. That is never an answer. */
function isForeign(text: string): boolean {
  if (text.trimStart().startsWith('[')) return false;
  return storedPieces(text)?.some((piece) => typeof piece === 'object' && PIECE.some((key) => key in piece)) === true;
}

/** A message alone, as a response that contains it. */
function ofMessage(message: Fields): Responded {
  return { ...NOTHING, kind: 'chat', body: { choices: [{ message }] } };
}

/** The request in a row: a body, a list of messages, or, next to a response body, a plain text. */
function requestIn(row: Fields, taken: readonly string[], kind: Kind | null): { key: string; request: Fields } | null {
  for (const key of REQUEST) {
    const value = taken.includes(key) ? null : row[key];
    if (value == null) continue;
    const object = heldIn(row, key);
    if (object !== null) return { key, request: objectOf(object.body) ?? object };
    const list = listOf(value);
    if (list !== null) return { key, request: kind === 'responses' ? { input: list } : { messages: list } };
    if (typeof value === 'string' && kind !== null) {
      return { key, request: kind === 'responses' ? { input: value } : { prompt: value } };
    }
  }
  return null;
}
