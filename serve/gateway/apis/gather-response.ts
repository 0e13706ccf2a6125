import { type Fields, isObject } from '../../../data/check-value.js';
import { parsed } from '../wire/events.js';
import type { Gathering, Mark } from './api.js';
import { isFailure } from './failure.js';
import { placeIn } from './place.js';

/** Events that end a response and contain it completely. */
const ENDS = ['response.completed', 'response.incomplete', 'response.failed'];
/** Events that only report progress. */
const WAITING = ['response.created', 'response.queued', 'response.in_progress', 'response.output_item.added'];

/**
 * Combines the events of a Responses stream. The last event contains the whole response. If it has no output or no
 * log-probabilities, those of the earlier events are used. A stream without a last event counts as failed.
 */
export function gatherResponse(): Gathering {
  let head: Fields = {};
  let end: Fields | null = null;
  let failed = false;
  const items: Fields[] = [];

  const add = (data: Fields): Mark => {
    const type = String(data.type);
    if (ENDS.includes(type) && isObject(data.response)) {
      end = data.response;
      return 'last';
    }
    if (isObject(data.response)) head = data.response;
    const at = placeIn(data.output_index);
    if (isObject(data.item)) items[at] = { ...data.item, content: partsOf(data.item, items[at]) };
    if (/^response\.(output_text|refusal)\.(delta|done)$/.test(type)) addPiece(items, at, data);
    return WAITING.includes(type) || !type.startsWith('response.') || type.startsWith('response.content_part.added')
      ? 'nothing'
      : 'piece';
  };
  return {
    add(event) {
      const data = parsed(event);
      const mark = isObject(data) ? add(data) : 'nothing';
      failed ||= isFailure(event) || (isObject(data) && data.type === 'response.failed');
      return failed ? 'failure' : mark;
    },
    response() {
      const built = items.filter((item) => item !== undefined);
      if (end === null || failed) return { ...head, status: 'failed', output: built };
      const own = Array.isArray(end.output) ? end.output : [];
      const whole = own.map((item, i) => (isObject(item) ? withLogprobs(item, items[i]) : item));
      return { ...end, output: whole.length > 0 ? whole : built };
    },
  };
}

/** The parts of an item; if it has none, the parts gathered earlier. */
function partsOf(item: Fields, before: Fields | undefined): unknown {
  const { content } = item;
  if (!Array.isArray(content) || content.length === 0) return before?.content ?? content;
  return content.map((part, i) => mergedPart(part, before, i));
}

function mergedPart(part: unknown, before: Fields | undefined, i: number): unknown {
  return isObject(part) ? withPartLogprobs(part, partAt(before, i)) : part;
}

function partAt(item: Fields | undefined, i: number): Fields | undefined {
  const part = Array.isArray(item?.content) ? item.content[i] : undefined;
  return isObject(part) ? part : undefined;
}

/** A piece of a text, or the complete text, with its log-probabilities. */
function addPiece(items: Fields[], at: number, data: Fields): void {
  items[at] ??= { type: 'message', role: 'assistant', content: [] };
  const item = items[at];
  if (!Array.isArray(item.content)) item.content = [];
  const list = item.content as Fields[];
  const i = placeIn(data.content_index ?? list.length - 1);
  const refusal = String(data.type).startsWith('response.refusal');
  const key = refusal ? 'refusal' : 'text';
  if (!isObject(list[i])) list[i] = { type: refusal ? 'refusal' : 'output_text', [key]: '' };
  const part = list[i];
  const logprobs = Array.isArray(data.logprobs) ? data.logprobs : [];
  if (typeof data.delta === 'string') {
    part[key] = String(part[key] ?? '') + data.delta;
    const known = Array.isArray(part.logprobs) ? part.logprobs : [];
    for (const token of logprobs) known.push(token);
    part.logprobs = known;
  } else {
    if (typeof data[key] === 'string') part[key] = data[key];
    if (logprobs.length > 0) part.logprobs = logprobs;
  }
}

function withLogprobs(item: Fields, gathered: Fields | undefined): Fields {
  if (!Array.isArray(item.content) || gathered === undefined) return item;
  return { ...item, content: item.content.map((part, i) => mergedPart(part, gathered, i)) };
}

function withPartLogprobs(part: Fields, gathered: Fields | undefined): Fields {
  const missing = !Array.isArray(part.logprobs) || part.logprobs.length === 0;
  const same = gathered !== undefined && gathered.text === part.text && Array.isArray(gathered.logprobs);
  return missing && same ? { ...part, logprobs: gathered.logprobs } : part;
}
