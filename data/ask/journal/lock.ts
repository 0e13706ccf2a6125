import { takeLock } from '../../../support/lock.js';

/**
 * Takes a lock file next to the journal, so that no second run writes to it. A lock whose process no longer exists, for
 * example after kill −9, is taken over. Returns the function that releases it. Throws OUT_UNWRITABLE at once while
 * another run has it.
 */
export async function lock(path: string): Promise<() => Promise<void>> {
  const taken = await takeLock(`${path}.lock`, { wait: 0, of: path });
  return () => taken.release();
}
