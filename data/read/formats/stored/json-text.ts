import { boundedJson } from '../../json/bounded-json.js';
/** The value of a JSON object or list that was stored as text; anything else as it is. */
export function fromJsonText(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[{[]/.test(value)) return value;
  try {
    return boundedJson(value) as unknown;
  } catch {
    return value;
  }
}

/** A value as JSON. Integers too large for a double are written as strings of their digits. */
export function toJsonText(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner)) ?? '';
}
