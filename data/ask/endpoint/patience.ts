import { setTimeout as sleep } from 'node:timers/promises';
import pRetry from 'p-retry';
import type { Random } from '../../../support/random.js';
import { AskFailure } from './failure.js';

/** How often and how patiently a failed request is sent again. */
export interface Patience {
  retries: number;
  /**
   * Seconds before the first retry. Each further retry waits twice as long, at most LONGEST_WAIT; each wait is
   * multiplied by a jitter in [0.5, 1.5).
   */
  backOff: number;
  random: Random;
  /** Ends a wait at once. */
  abort?: AbortSignal;
}

const LONGEST_WAIT = 30;

/** Does work until it succeeds, fails for good, or has been tried again `retries` times. `onRetry` counts the retries. */
export function withRetries<T>(
  work: (attempt: number) => Promise<T>,
  { retries, backOff, random, abort }: Patience,
  onRetry: () => void,
): Promise<T> {
  return pRetry(work, {
    retries,
    minTimeout: 0,
    onFailedAttempt: async ({ error, attemptNumber, retriesLeft }) => {
      if (!(error instanceof AskFailure) || !error.again || retriesLeft === 0) return;
      onRetry();
      const wait = Math.min(backOff * 2 ** (attemptNumber - 1), LONGEST_WAIT);
      await sleep(wait * 1000 * (0.5 + random.next()), undefined, { signal: abort });
    },
    shouldRetry: ({ error }) => error instanceof AskFailure && error.again,
  });
}
