import { type Fields, objectOf } from '../../table/fields.js';

/** Requests of an OpenAI batch by their custom_id, from the batch's input file. */
export type Requests = ReadonlyMap<string, Fields>;

/**
 * Reads a JSON line as a request of a batch: it has an id, a body (OpenAI) or params (Anthropic), and no response. Null
 * if it is not one. Sources: https://platform.openai.com/docs/guides/batch, the input object;
 * https://docs.anthropic.com/en/api/creating-message-batches (both looked up 2026-11).
 */
export function requestOf(value: unknown): { id: string; request: Fields } | null {
  const row = objectOf(value);
  if (row === null || typeof row.custom_id !== 'string' || 'response' in row || 'result' in row) return null;
  const request = objectOf(row.body) ?? objectOf(row.params);
  return request === null ? null : { id: row.custom_id, request };
}
