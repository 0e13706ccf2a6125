import { type Fields, objectOf } from '../../table/fields.js';

const known = new WeakMap<Fields, Map<string, Fields | null>>();

/** The object under a key of a row; JSON text is parsed. The result is cached, because several formats ask for it. */
export function heldIn(row: Fields, key: string): Fields | null {
  if (typeof row[key] !== 'string') return objectOf(row[key]);
  let held = known.get(row);
  if (held === undefined) known.set(row, (held = new Map()));
  let object = held.get(key);
  if (object === undefined) held.set(key, (object = objectOf(row[key])));
  return object;
}
