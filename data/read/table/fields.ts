import { type Fields, isObject } from '../../check-value.js';
import { parseJson } from '../json/parse-json.js';

export type { Fields } from '../../check-value.js';

/** The value as an object: itself, or parsed where it was stored as JSON text; null where it is none. */
export function objectOf(value: unknown): Fields | null {
  if (typeof value === 'string' && value.startsWith('{')) {
    try {
      return objectOf(parseJson(value));
    } catch {
      return null;
    }
  }
  return isObject(value) ? value : null;
}

/** All fields of some objects; of a field that several have, the last value. */
export function merged(objects: readonly Fields[]): Fields {
  const all: Fields = {};
  for (const object of objects) Object.assign(all, object);
  return all;
}
