import type { Lesson } from '../../../data/ask/endpoint/logprobs-lesson.js';

/** What was learnt of log-probabilities at a model of an endpoint. */
interface Memory {
  /** Alternatives a token that it is asked for at most. */
  most: number;
  /** Failures in a row that went away without them. */
  failures: number;
  /** Until when `most` holds, in milliseconds. */
  until: number;
}

/** The memory for an API and a model of an endpoint. */
export type MemoryOf = (origin: string, format: string, model: string) => Memory;

/** Models remembered at most (clients name them). */
const MOST = 1000;
/** How long a refusal is remembered, and how long failures that may have had another reason, in milliseconds. */
const REFUSED = 3_600_000;
const FAILED = 600_000;
/** Failures in a row after which log-probabilities are not asked for. */
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
 * Takes in a lesson, once the same request went well without what was refused: a refusal at once, failures when they come twice in
 * a row. Returns whether anything changed.
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
