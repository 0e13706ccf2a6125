import { sha256 } from '../digest.js';
import { VouchError } from '../errors.js';
import type { Plugin } from './plugin.js';

/**
 * SHA-256 of a plug-in that was given as an object, in hex: of its JSON with sorted keys, where the source text stands
 * for each function. Variables that a function uses from outside are not part of it. Error: BAD_USAGE for a function
 * without source text (native or bound).
 */
export function objectHash(plugin: Plugin): string {
  return sha256(canonical(plugin, plugin.name));
}

function canonical(value: unknown, at: string): string {
  if (typeof value === 'function') return JSON.stringify(`function ${sourceOf(value, at)}`);
  if (Array.isArray(value)) return `[${value.map((each, i) => canonical(each, `${at}[${i}]`)).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, each]) => each !== undefined);
    const sorted = entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${sorted.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each, `${at}.${key}`)}`).join(',')}}`;
  }
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

function sourceOf(value: object, field: string): string {
  const source = Function.prototype.toString.call(value);
  if (!/\{\s*\[native code\]\s*\}$/.test(source)) return source;
  throw new VouchError('BAD_USAGE', 'this function has no source text, so the plug-in has no hash', {
    field,
    expected: 'a function written in the module, not a native or bound one',
  });
}
