import type { Tf } from '../../../models/networks/types.js';
import type { Sheet } from '../sheet.js';
import { type Job, perform, type Result } from './jobs.js';

/** Does fits: in this thread, or in several. Results do not depend on which. */
export interface Pool {
  run<T extends Job>(sheet: Sheet, job: T): Promise<Result<T>>;
  close(): Promise<void>;
}

/** Does every job in this thread, one after another: for backends that need a device for themselves, and for tests. */
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
