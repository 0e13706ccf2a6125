import type { Fields } from '../../table/fields.js';
import type { Requests } from './batch-request.js';
import { decodingOf, requestKeys } from './decoding.js';
import type { Exchange } from './exchange.js';
import type { Kind } from './kind.js';
import { isLitellm, litellmKeys, litellmRequest } from './litellm.js';

/** Keys of a log row that say how it was logged, for any response. */
const LOGGED = ['id', 'custom_id', 'error', 'method', 'url', 'messages'] as const;

/** Keys of response bodies. They say nothing about the record if the row itself is the body. */
const OF_CHOICES = [
  ...['object', 'created', 'choices', 'usage', 'system_fingerprint', 'service_tier', 'prompt_filter_results', 'model'],
  ...['prompt_logprobs', 'prompt_token_ids', 'kv_transfer_params', 'timings', '__verbose', 'provider', 'request_id'],
  ...['input_user', 'moderation', 'x_groq'],
];
const OF_RESPONSES = [
  ...['object', 'created_at', 'completed_at', 'model', 'status', 'background', 'output', 'output_text', 'usage'],
  ...['incomplete_details', 'reasoning', 'text', 'truncation', 'max_tool_calls', 'safety_identifier', 'service_tier'],
  ...['prompt_cache_key', 'prompt_cache_retention', 'conversation', 'billing', 'content_filters', 'user'],
];
const OF_BODIES: Record<Kind, ReadonlySet<string>> = {
  chat: new Set(OF_CHOICES),
  completions: new Set(OF_CHOICES),
  responses: new Set(OF_RESPONSES),
};

/** The request of an exchange: from the row, from the batch's input file, or spread over the row itself. */
export function requestFor(row: Fields, { request, body, bare }: Exchange, requests: Requests): Fields {
  if (isLitellm(row)) return litellmRequest(row);
  const batched = row.custom_id == null ? undefined : requests.get(String(row.custom_id));
  const asked = request ?? batched;
  if (asked === undefined) return bare && body !== row ? {} : row;
  return ASKED.some((key) => asked[key] != null) ? asked : { ...asked, ...only(row, ASKED) };
}

/** Where a request has the question. Some logs keep it next to the settings of the request. */
const ASKED = ['messages', 'prompt', 'input'] as const;

function only(row: Fields, keys: readonly string[]): Fields {
  return Object.fromEntries(keys.filter((key) => key in row).map((key) => [key, row[key]]));
}

/** What a record takes from its row for any response: the user's own keys, id, model, time and settings. */
export function commonFields(row: Fields, exchange: Exchange, request: Fields): Fields {
  const { body, bare, used, kind } = exchange;
  const ofBody = bare && kind !== null ? OF_BODIES[kind] : undefined;
  const dropped = new Set<string>([...LOGGED, ...used]);
  const litellm = isLitellm(row);
  const record: Fields = {};
  for (const key in row) {
    if (dropped.has(key) || ofBody?.has(key) || (litellm && litellmKeys.has(key))) continue;
    if (request === row && requestKeys.has(key)) continue;
    if (row[key] != null && !isEmpty(row[key])) record[key] = row[key];
  }
  const id = textOf(row.custom_id) ?? (bare ? undefined : textOf(row.id)) ?? textOf(body?.id);
  if (id !== undefined) record.id = id;
  const model = textOf(body?.model) ?? textOf(request.model) ?? textOf(row.model);
  if (model !== undefined) record.model = model;
  const time = timeOf(body?.created ?? body?.created_at);
  if (record.time == null && time !== undefined) record.time = time;
  const decoding = decodingOf(request) ?? (body === null || request === row ? undefined : decodingOf(body));
  if (decoding !== undefined) record.decoding = { ...decoding, ...(record.decoding as Fields | undefined) };
  if (litellm && typeof row.trace_id === 'string') record.conversation = row.trace_id;
  return record;
}

/** An id or a name as text; undefined if it is empty. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : undefined;
}

/** Seconds since 1970 as a time; undefined for Azure's 0 and for values that are not a time. */
function timeOf(seconds: unknown): string | undefined {
  if (typeof seconds !== 'number' || !(seconds > 0 && seconds < 1e11)) return undefined;
  return new Date(seconds * 1000).toISOString();
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
}
