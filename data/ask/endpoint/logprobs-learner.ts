import type { Limits } from './limits.js';
import type { Lesson } from './logprobs-lesson.js';

/** Failures of one request that may be due to log-probabilities. */
export interface Troubles {
  /** How many tries failed and may have failed because of them. */
  failed: number;
  /** Whether a try without them failed too, so that they are not the reason. */
  plainFailed: boolean;
}

/**
 * After this many failures of one request, the next try asks for no log-probabilities. After this many such requests,
 * none asks for them any more.
 */
export const ENOUGH = 2;

/**
 * Called after each request that succeeded: with what its failures taught, the number of alternatives it asked for
 * (`top`), and the highest number it was allowed to ask for (`most`).
 */
type Learn = (lesson: Lesson, top: number, most: number) => void;

/**
 * Learns from requests that succeeded in the end. A refusal counts at once. Failures that stopped without
 * log-probabilities count only when several requests had them and no request with log-probabilities ever succeeded,
 * because an overloaded endpoint fails in the same way.
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
