import { takeLock } from '../../../support/lock.js';

/**
 * Keeps a second run off the work in hand: a lock file beside it. A lock whose process is gone, as kill −9 leaves it, is taken over.
 * Gives what lets go of it; throws OUT_UNWRITABLE at once while another run is at work.
 */
export async function lock(path: string): Promise<() => Promise<void>> {
  const taken = await takeLock(`${path}.lock`, { wait: 0, of: path });
  return () => taken.release();
}
