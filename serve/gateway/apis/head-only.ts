import { membersOf } from '../../../data/ask/journal/json-members.js';
import { type Fields, isObject } from '../../../data/check-value.js';
import { boundedJson } from '../../../data/read/json/bounded-json.js';
import type { Steps } from '../../../support/steps.js';

/** Fields that identify a response and say what it cost, in all APIs. */
const HEAD = [
  ...['id', 'object', 'type', 'role', 'created', 'created_at', 'completed_at', 'model', 'status', 'usage'],
  ...['system_fingerprint', 'service_tier', 'previous_response_id', 'temperature', 'top_p', 'top_logprobs'],
  ...['max_output_tokens', 'parallel_tool_calls', 'background', 'store'],
] as const;
/** Names and numbers, but no sentences. */
const NAME = /^[\w.:/@+=-]{0,100}$/;
const KEY = /^\w{1,60}$/;
/** The most characters of a field that is examined, and the most levels in it. */
const LONG = 4000;
const DEEP = 4;

/** Whether a value is a number, a name, or nothing, so that it cannot contain an answer. */
function isPlain(value: unknown): boolean {
  if (typeof value === 'string') return NAME.test(value);
  return value === null || typeof value === 'number' || typeof value === 'boolean';
}

/** Whether a value is a table of numbers. */
function isTable(value: unknown, levels = DEEP): boolean {
  if (!isObject(value)) return typeof value !== 'string' && isPlain(value);
  return levels > 0 && Object.entries(value).every(([key, inner]) => KEY.test(key) && isTable(inner, levels - 1));
}

function isHead(key: string, value: unknown): boolean {
  if (key === 'usage') return isTable(value);
  return (HEAD as readonly string[]).includes(key) && isPlain(value);
}

/**
 * The part of a response that stays when its answer is replaced. An upstream can send any field, so any other field may
 * repeat the answer.
 */
export function headOnly(response: Fields): Fields {
  return Object.fromEntries(Object.entries(response).filter(([key, value]) => isHead(key, value)));
}

/** The text of a response with only its head and its `own` fields, the last one of each, byte for byte. */
export function* headText(text: string, own: readonly string[]): Steps<string> {
  const kept = new Map<string, string>();
  for (const { key, start, from, to } of yield* membersOf(text, { from: 0, to: text.length })) {
    if (key === null) continue;
    kept.delete(key);
    const mine = own.includes(key);
    if (mine || (to - from < LONG && isHead(key, boundedJson(text.slice(from, to)))))
      kept.set(key, text.slice(start, to));
  }
  return `{${[...kept.values()].join(',')}}`;
}

/** A name from an upstream; null if the value is not a name. */
export function nameIn(value: unknown): string | null {
  return typeof value === 'string' && NAME.test(value) ? value : null;
}
