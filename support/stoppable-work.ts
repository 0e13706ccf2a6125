import { createContext, Script } from 'node:vm';

const script = new Script('work()');
const context = createContext({ work: null as (() => unknown) | null });

/** The work took longer than it may. */
export class TookTooLong extends Error {}

/**
 * Does work in which the code of a library could loop forever, and stops it after `most` milliseconds. The work must be
 * synchronous. Cost: about 0.1 ms. Errors: `TookTooLong`; those of the work.
 */
export function stoppableWork<T>(work: () => T, most: number): T {
  const outer = context.work;
  context.work = work;
  try {
    return script.runInContext(context, { timeout: most }) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw new TookTooLong();
    throw error;
  } finally {
    context.work = outer;
  }
}
