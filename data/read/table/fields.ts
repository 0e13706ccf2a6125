import { type Fields, isObject } from '../../check-value.js';
import { parseJson } from '../json/parse-json.js';

export type { Fields } from '../../check-value.js';

/** The value as an object: itself, or parsed if it is JSON text; null if it is not an object. */
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

/** All fields of several objects. If several objects have a field, the last one wins. */
export function merged(objects: readonly Fields[]): Fields {
  const all: Fields = {};
  for (const object of objects) Object.assign(all, object);
  return all;
}
