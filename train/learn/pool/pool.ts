import type { Tf } from '../../../models/networks/types.js';
import type { Sheet } from '../sheet.js';
import { type Job, perform, type Result } from './jobs.js';

/** Where fits are done: here, or in threads. Results never depend on which. */
export interface Pool {
  run<T extends Job>(sheet: Sheet, job: T): Promise<Result<T>>;
  close(): Promise<void>;
}

/** Does every job in this thread, one after another: for backends that own a device, and for tests. */
export function inlinePool(tf: Tf): Pool {
  let last: Promise<unknown> = Promise.resolve();
  return {
    run: (sheet, job) => {
      const next = last.then(() => perform(tf, sheet, job));
      last = next.catch(() => {});
      return next;
    },
    close: async () => {},
  };
}
