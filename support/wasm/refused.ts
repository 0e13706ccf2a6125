import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';

/** The system gives no WebAssembly memory (a limit on address space), or no leave to compile (flags of Node). */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** Threads inherit it, so that what was said before they started is not said again. */
const SAID = 'vouch: WebAssembly refused';

/** Does a step with WebAssembly. Error: `Refused`, whatever went wrong: kernels are part of vouch, so it is the system that fails. */
export function refusedBySystem<T>(step: () => T): T {
  try {
    return step();
  } catch (error) {
    throw new Refused((error as Error).message, { cause: error });
  }
}

/** What `make` gives; where the system refuses it WebAssembly, what `plain` gives: the same results, more slowly. Said once, in one line. */
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
