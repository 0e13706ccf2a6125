import { parseNested } from './read/table/nested.js';

/** A step of a path: its key or list index, and its text in the path, including the dot or bracket before it. */
interface Step {
  key: string;
  written: string;
}

/**
 * The value at a path: `features.tenant`, `choices[0].message.content`, `messages[-1].content` (from the end), `["a
 * key"]`. A key that contains dots or brackets is found by its whole name, at any depth. A text that contains JSON (or
 * a Python literal) is parsed if the path continues into it. undefined if the path leads nowhere.
 */
export function fieldAt(record: unknown, path: string): unknown {
  if (isKeyed(record) && Object.hasOwn(record, path)) return record[path];
  if (!/[.[]/.test(path)) return undefined;
  const steps = stepsOf(path);
  return steps === null ? undefined : walk(record, steps, 0);
}

/** All keys that the first step of a path may be, the longest first. Empty if the text is not a path. */
export function firstKeys(path: string): string[] {
  const steps = stepsOf(path) ?? [];
  return steps.map((_, i) => joined(steps, 0, steps.length - i));
}

function walk(value: unknown, steps: readonly Step[], at: number): unknown {
  if (at === steps.length) return value;
  if (typeof value === 'string') return walk(contentOf(value), steps, at);
  if (Array.isArray(value)) {
    const place = Number(steps[at].key);
    return Number.isInteger(place) ? walk(value.at(place), steps, at + 1) : undefined;
  }
  if (!isKeyed(value)) return undefined;
  for (let to = steps.length; to > at; to--) {
    const key = to === at + 1 ? steps[at].key : joined(steps, at, to);
    if (!Object.hasOwn(value, key)) continue;
    const found = walk(value[key], steps, to);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Several steps joined into one key, without the dot before the first. */
function joined(steps: readonly Step[], from: number, to: number): string {
  const written = steps.slice(from, to).map((step) => step.written);
  return written.join('').replace(/^\./, '');
}

/** The list or object in a text; undefined if there is none. */
function contentOf(text: string): unknown {
  if (!/^\s*["[{]/.test(text)) return undefined;
  try {
    const value = parseNested(text);
    return typeof value === 'object' ? value : undefined;
  } catch {
    return undefined;
  }
}

const STEP = /\.?([^.[\]]+)|\[(-?\d+)\]|\["((?:[^"\\]|\\.)*)"\]|\['((?:[^'\\]|\\.)*)'\]/y;

/** The steps of a path; null if the text is not a path. */
function stepsOf(path: string): Step[] | null {
  const steps: Step[] = [];
  STEP.lastIndex = 0;
  while (STEP.lastIndex < path.length) {
    const found = STEP.exec(path);
    if (found === null) return null;
    const [written, name, place, double, single] = found;
    steps.push({ key: name ?? place ?? (double ?? single).replace(/\\(.)/g, '$1'), written });
  }
  return steps;
}

function isKeyed(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
