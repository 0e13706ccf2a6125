import type { Random } from '../../support/random.js';

/** Bytes changed, cut out, doubled or put in, at one to three places. */
export function mutated(bytes: Buffer, draw: Random, put: readonly string[] = ['\0', '\xff', '"', '{']): Buffer {
  let out = Buffer.from(bytes);
  for (let times = 1 + draw.int(3); times > 0; times--) {
    const at = draw.int(out.length);
    const what = draw.int(5);
    if (what <= 1) out[at] = draw.int(256);
    else if (what === 2) out = Buffer.concat([out.subarray(0, at), out.subarray(at + 1 + draw.int(8))]);
    else if (what === 3) out = Buffer.concat([out.subarray(0, at), out.subarray(Math.max(0, at - draw.int(40)))]);
    else out = Buffer.concat([out.subarray(0, at), Buffer.from(put[draw.int(put.length)], 'latin1'), out.subarray(at)]);
  }
  return out;
}

export function oneOf<T>(list: readonly T[], draw: Random): T {
  return list[draw.int(list.length)];
}

type Path = (string | number)[];
type Fields = Record<string, unknown>;

/** Every place in a JSON value, as the keys that lead there. */
function pathsIn(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  const inner = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [at, ...inner.flatMap(([key, each]) => pathsIn(each, [...at, key]))];
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce((inner, key) => (inner as Fields | undefined)?.[key], value);
}

/** The value with another one at a place; `undefined` takes it away. */
function withAt(value: unknown, path: Path, put: unknown): unknown {
  if (path.length === 0) return put;
  const copy = structuredClone(value);
  const into = valueAt(copy, path.slice(0, -1)) as Fields;
  const key = path.at(-1)!;
  if (put === undefined) delete into[key];
  else Object.defineProperty(into, key, { value: put, enumerable: true, configurable: true, writable: true });
  return copy;
}

const ODD: readonly unknown[] = [
  ...[undefined, null, '', 'x', '0', -1, 0, 1, 1e9, 1.5, -0.5, 1e308, 2 ** 53, true, false, [], {}, [[]]],
  ...[[null], [{}], { error: 'x' }, { type: 'error' }, '\ud800', 'toString', '__proto__', 'a'.repeat(5000), '=1+1'],
  ...[Array(300).fill(0), { length: 3 }, { toString: 1 }, '\u0000', '😀', 'NaN', -9999],
];
const KEYS = ['__proto__', 'constructor', 'toString', 'length', 'then', 'vouch', ''];

/** A JSON value with one to three of its parts changed, taken away, exchanged or doubled. */
export function mutatedValue(value: unknown, draw: Random): unknown {
  let out = value;
  for (let times = 1 + draw.int(3); times > 0; times--) {
    const paths = pathsIn(out);
    const path = oneOf(paths, draw);
    const what = draw.int(10);
    if (what < 6) out = withAt(out, path, oneOf(ODD, draw));
    else if (what === 6) out = withAt(out, path, structuredClone(valueAt(out, oneOf(paths, draw))));
    else if (what === 7) {
      const list = valueAt(out, path);
      if (Array.isArray(list)) out = withAt(out, path, [...list, ...structuredClone(list)]);
    } else {
      const inner = valueAt(out, path);
      if (typeof inner === 'object' && inner !== null && !Array.isArray(inner)) {
        const put = what === 8 ? oneOf(ODD, draw) : structuredClone(valueAt(out, oneOf(paths, draw)));
        out = withAt(out, [...path, oneOf(KEYS, draw)], put);
      }
    }
    if (out === undefined) out = null;
  }
  return out;
}

const DEEP = [400, 501, 3000];
const NUMBERS = ['12345678901234567890', 'NaN', '-Infinity', '1e999', '-0', '0.10000000000000000001', '1E+2'];

/** A value as JSON, written in a way that others may write it: doubled keys, escapes, numbers of many digits, spaces. */
export function oddText(value: unknown, draw: Random): string {
  let text = JSON.stringify(value) ?? 'null';
  const what = draw.int(6);
  if (what === 0) {
    const places = [...text.matchAll(/\{(?=")/g)];
    const keys = [...text.matchAll(/"([^"\\]{1,40})":/g)].map(([, key]) => key);
    if (places.length > 0) {
      const at = oneOf(places, draw).index + 1;
      const deep = oneOf(DEEP, draw);
      const put =
        draw.int(3) === 0 ? `${'['.repeat(deep)}${']'.repeat(deep)}` : JSON.stringify(oneOf(ODD, draw) ?? null);
      const key = JSON.stringify(draw.next() < 0.6 ? oneOf(keys, draw) : oneOf(KEYS, draw));
      text = `${text.slice(0, at)}${key}:${put},${text.slice(at)}`;
    }
  } else if (what === 1) {
    const places = [...text.matchAll(/(?<=[:[,])-?\d[\d.e+-]*(?=[,}\]])/g)];
    if (places.length > 0) {
      const { index, 0: number } = oneOf(places, draw);
      text = `${text.slice(0, index)}${oneOf(NUMBERS, draw)}${text.slice(index + number.length)}`;
    }
  } else if (what === 2) text = text.replaceAll('a', draw.next() < 0.5 ? '\\u0061' : 'a').replaceAll(',"', ' ,\n\t"');
  else if (what === 3)
    text = `${oneOf(['\ufeff', ' ', '\n', ''], draw)}${text}${oneOf([' ', '\r\n', '\0', '{}', ''], draw)}`;
  return text;
}
