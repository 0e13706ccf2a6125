import { setImmediate } from 'node:timers/promises';
import { orAborted, unlessAborted } from '../../../support/unless-aborted.js';
import type { Sheet } from '../sheet.js';
import type { Job, Result } from './jobs.js';
import type { Pool } from './pool.js';

/**
 * A pool that starts no fit once `signal` has fired, and then waits for none. Before each fit it lets pending events
 * in, so that a timer or a key press can fire the signal while fits run in this thread. Error: INTERRUPTED.
 */
export function stoppablePool(pool: Pool, signal: AbortSignal): Pool {
  return {
    run: async <T extends Job>(sheet: Sheet, job: T): Promise<Result<T>> => {
      await setImmediate();
      unlessAborted(signal);
      return orAborted(pool.run(sheet, job), signal);
    },
    close: () => pool.close(),
  };
}
