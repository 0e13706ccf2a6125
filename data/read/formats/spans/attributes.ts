import { isObject } from '../../../check-value.js';
import type { Fields } from '../../table/fields.js';

/**
 * Attributes as a plain object: from OTLP's [{key, value: {stringValue}}], from Jaeger's tags [{key, value}], or from a
 * plain object.
 */
export function attributesOf(value: unknown): Fields {
  if (!Array.isArray(value)) return isObject(value) ? value : {};
  const pairs = value.filter(isObject).filter(({ key }) => typeof key === 'string');
  return Object.fromEntries(pairs.map(({ key, value: held }) => [key, plainOf(held)]));
}

/** A value of OTLP (AnyValue) as JSON; anything else as it is. 64-bit numbers that JSON would round stay text. */
export function plainOf(value: unknown): unknown {
  if (!isObject(value)) return value;
  const read = (camel: string, snake: string): unknown => value[camel] ?? value[snake];
  const text = read('stringValue', 'string_value');
  if (text !== undefined) return text;
  const flag = read('boolValue', 'bool_value');
  if (flag !== undefined) return flag;
  const double = read('doubleValue', 'double_value');
  if (double !== undefined) return typeof double === 'string' ? Number(double) : double;
  const whole = read('intValue', 'int_value');
  if (whole !== undefined) return Number.isSafeInteger(Number(whole)) ? Number(whole) : whole;
  const list = read('arrayValue', 'array_value');
  if (isObject(list)) return Array.isArray(list.values) ? list.values.map(plainOf) : [];
  const map = read('kvlistValue', 'kvlist_value');
  if (isObject(map)) return attributesOf(map.values ?? []);
  const bytes = read('bytesValue', 'bytes_value');
  if (bytes !== undefined) return bytes;
  return Object.keys(value).length === 0 ? null : value;
}

/**
 * Turns dotted keys into nested objects; numbers in them are places in a list: {"a.0.b": 1} → {a: [{b: 1}]}. If a key
 * has a value and is also the beginning of longer keys, the longer keys are kept.
 */
export function nested(attributes: Fields): Fields {
  const root: Fields = {};
  for (const [path, value] of Object.entries(attributes)) put(root, path.split('.'), value);
  return listed(root) as Fields;
}

function put(root: Fields, path: string[], value: unknown): void {
  let at = root;
  for (const key of path.slice(0, -1)) {
    if (!isObject(at[key]) || !Object.hasOwn(at, key)) own(at, key, {});
    at = at[key] as Fields;
  }
  const last = path.at(-1) as string;
  const before = Object.hasOwn(at, last) ? at[last] : undefined;
  if (isObject(value)) own(at, last, { ...(isObject(before) ? before : {}), ...nested(value) });
  else if (!isObject(before))
    own(at, last, Array.isArray(value) ? value.map((item) => (isObject(item) ? nested(item) : item)) : value);
}

/** Sets an own key of the object, even `__proto__`. */
function own(object: Fields, key: string, value: unknown): void {
  Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}

/** Turns objects with the keys 0, 1, 2 … into lists. */
function listed(value: unknown): unknown {
  if (!isObject(value)) return value;
  const keys = Object.keys(value);
  const places = keys.length > 0 && keys.every((key) => /^\d{1,6}$/.test(key));
  if (places) return keys.sort((a, b) => Number(a) - Number(b)).map((key) => listed(value[key]));
  return Object.fromEntries(keys.map((key) => [key, listed(value[key])]));
}
