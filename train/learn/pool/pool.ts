import type { Tf } from '../../../models/networks/types.js';
import type { Sheet } from '../sheet.js';
import { perform, type Result, type Task } from './tasks.js';

/** Where fits are done: here, or in threads. Results never depend on which. */
export interface Pool {
  run<T extends Task>(sheet: Sheet, task: T): Promise<Result<T>>;
  close(): Promise<void>;
}

/** Does every task in this thread, one after another: for backends that own a device, and for tests. */
export function inlinePool(tf: Tf): Pool {
  let last: Promise<unknown> = Promise.resolve();
  return {
    run: (sheet, task) => {
      const next = last.then(() => perform(tf, sheet, task));
      last = next.catch(() => {});
      return next;
    },
    close: async () => {},
  };
}
