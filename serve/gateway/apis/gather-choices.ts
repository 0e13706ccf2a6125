import { type Fields, isObject } from '../../../data/check-value.js';
import { parsed, type ServerEvent } from '../wire/events.js';
import type { Gathering, Mark } from './api.js';
import { MOST_CHOICES } from './choices.js';
import { isFailure } from './failure.js';
import { addHead } from './head.js';

/** One choice while its chunks arrive. */
export interface Gathered extends Fields {
  index: number;
  logprobs: Fields | null;
  finish_reason: unknown;
}

/** How the chunks of one API are combined. */
interface Chunks {
  /** A choice of which nothing has arrived yet. */
  empty(index: number): Gathered;
  /** Adds the choice of a chunk. Returns whether it contained part of an answer. */
  add(to: Gathered, part: Fields): boolean;
  /** Whether no part of an answer has arrived. */
  isEmpty(choice: Gathered): boolean;
}

/**
 * Combines the chunks of chat and of text completions. A choice that broke off gets the finish reason `error`: all
 * choices after a failure; without [DONE], the choices without a finish reason; with [DONE], the choices of which
 * nothing arrived.
 */
export function gatheringOf({ empty, add, isEmpty }: Chunks): Gathering {
  const head: Fields = {};
  const choices = new Map<number, Gathered>();
  let failed = false;
  let done = false;

  const one = (part: Fields): Mark => {
    const index = typeof part.index === 'number' ? part.index : 0;
    const known = choices.get(index);
    if (known === undefined && choices.size === MOST_CHOICES) return 'nothing';
    const choice = known ?? empty(index);
    choices.set(index, choice);
    if (part.finish_reason != null) choice.finish_reason = part.finish_reason;
    if (isObject(part.logprobs)) addLogprobs(choice, part.logprobs);
    return add(choice, part) || part.finish_reason != null ? 'piece' : 'nothing';
  };
  return {
    add(event: ServerEvent) {
      if (event.data?.startsWith('[DONE]')) {
        done = true;
        return 'last';
      }
      const chunk = parsed(event);
      if (isObject(chunk)) addHead(head, chunk);
      const parts = isObject(chunk) && Array.isArray(chunk.choices) ? chunk.choices.filter(isObject) : [];
      const marks = parts.map(one);
      if (isFailure(event) || parts.some((part) => part.finish_reason === 'error' || part.error != null)) {
        failed = true;
        return 'failure';
      }
      return marks.includes('piece') ? 'piece' : 'nothing';
    },
    response() {
      const broke = (choice: Gathered) => failed || (choice.finish_reason == null && (!done || isEmpty(choice)));
      const list = [...choices.values()].sort((a, b) => a.index - b.index);
      return {
        ...head,
        choices: list.map((choice) => (broke(choice) ? { ...choice, finish_reason: 'error' } : choice)),
      };
    },
  };
}

/**
 * Appends to lists of log-probabilities (chat's `content` and `refusal`, the older parallel arrays). For any other
 * field, the last value counts.
 */
function addLogprobs(choice: Gathered, logprobs: Fields): void {
  const known: Fields = choice.logprobs ?? {};
  for (const [key, value] of Object.entries(logprobs)) {
    if (!Array.isArray(value)) known[key] ??= value;
    else if (Array.isArray(known[key])) for (const item of value) known[key].push(item);
    else known[key] = [...value];
  }
  choice.logprobs = known;
}
