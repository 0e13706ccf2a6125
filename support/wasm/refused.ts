import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';

/** The system gives no memory to WebAssembly (a limit on address space) or does not compile it (flags of Node). */
class Refused extends Error {
  override readonly name = 'Refused';
}

/** Threads inherit it, so that a note that was printed before they started is not printed again. */
const SAID = 'vouch: WebAssembly refused';

/**
 * Does a step with WebAssembly. Error: `Refused`, whatever the cause: the kernels are part of vouch, so a failure is
 * the system's.
 */
export function refusedBySystem<T>(step: () => T): T {
  try {
    return step();
  } catch (error) {
    throw new Refused((error as Error).message, { cause: error });
  }
}

/**
 * The result of `make`; if the system refuses WebAssembly, that of `plain`: the same values, more slowly. A note on
 * stderr says so once.
 */
export function unlessRefused<T>(make: () => T, plain: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    sayOnce(error.message);
    return plain();
  }
}

function sayOnce(why: string): void {
  if (getEnvironmentData(SAID) === true) return;
  setEnvironmentData(SAID, true);
  process.stderr.write(`note: this system refuses WebAssembly (${why}); vouch goes on without it, more slowly\n`);
}
