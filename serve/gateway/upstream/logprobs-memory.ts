import type { Lesson } from '../../../data/ask/endpoint/logprobs-lesson.js';

/** What is known about log-probabilities of one model at one endpoint. */
interface Memory {
  /** The most alternatives per token that are requested from it. */
  most: number;
  /** The number of consecutive requests that failed with log-probabilities and succeeded without. */
  failures: number;
  /** The time until which `most` holds, in milliseconds. */
  until: number;
}

/** The memory for one API and one model of an endpoint. */
export type MemoryOf = (origin: string, format: string, model: string) => Memory;

/** The most models that are remembered, because clients can send any name. */
const MOST = 1000;
/** How long a refusal is remembered, and how long failures that may have another reason, in milliseconds. */
const REFUSED = 3_600_000;
const FAILED = 600_000;
/** After this many consecutive failures, log-probabilities are no longer requested. */
const ENOUGH = 2;

export function logprobsMemory(now: () => number = Date.now): MemoryOf {
  const known = new Map<string, Memory>();
  return (origin, format, model) => {
    const key = `${origin}\n${format}\n${model}`;
    const found = known.get(key) ?? { most: Infinity, failures: 0, until: Infinity };
    if (found.until <= now()) Object.assign(found, { most: Infinity, failures: 0, until: Infinity });
    known.delete(key);
    known.set(key, found);
    if (known.size > MOST) known.delete(known.keys().next().value as string);
    return found;
  };
}

/**
 * Remembers the reason of a failure once the same request succeeded without what was refused: a refusal at once, any
 * other failure after two in a row. Returns whether anything changed.
 */
export function learn(memory: Memory, lesson: NonNullable<Lesson>, now = Date.now()): boolean {
  const before = memory.most;
  if (lesson.kind === 'refused') {
    memory.most = Math.min(memory.most, lesson.most);
    memory.until = now + REFUSED;
  } else if (++memory.failures >= ENOUGH) {
    memory.most = 0;
    memory.until = now + FAILED;
  }
  return memory.most < before;
}
