import type { Steps } from '../../support/steps.js';
import { newPace } from './pace.js';

/**
 * Does the steps of a piece of work, about a millisecond at a time, so that nothing else waits for it. Shorter work is
 * done at once. Errors: those of the work; the signal's reason, once it is aborted.
 */
export async function inTurns<T>(steps: Steps<T>, signal?: AbortSignal): Promise<T> {
  const pace = newPace();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    const wait = pace();
    if (wait === null) continue;
    await wait;
    signal?.throwIfAborted();
  }
}
