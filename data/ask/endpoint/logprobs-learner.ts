import type { Limits } from './limits.js';
import type { Lesson } from './logprobs-lesson.js';

/** What went wrong with log-probabilities in the tries of one request. */
export interface Troubles {
  /** Tries that failed and may have failed because of them. */
  failed: number;
  /** It failed without them, too: they are not the reason. */
  plainFailed: boolean;
}

/** Failures after which the next try goes without; in as many requests, after which none are asked for any more. */
export const ENOUGH = 2;

/** Told of each request that went well: what was learnt on the way, and for how many alternatives it asked. */
export type Learn = (lesson: Lesson, top: number, most: number) => void;

/**
 * Learns from what went well in the end: a refusal at once; failures that went away without log-probabilities only when several
 * requests had them and none with log-probabilities ever went well, as an endpoint in trouble fails in the same way.
 */
export function logprobsLearner(limits: Limits): Learn {
  let seen = false;
  let failures = 0;
  return (lesson, top, most) => {
    if (lesson?.kind === 'refused') limits.topLogprobs = Math.min(limits.topLogprobs, most);
    if (lesson?.kind === 'failed' && !seen && ++failures >= ENOUGH) limits.topLogprobs = 0;
    if (top > 0) seen = true;
  };
}
