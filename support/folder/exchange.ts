import { rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { VouchError } from '../errors.js';
import { syncFolder } from '../sync-folder.js';
import { oldName } from './leftovers.js';

/** Told when a step of writing a folder is done; tests end the process there. */
export type Reached = (step: 'locked' | 'begun' | 'written' | 'moved' | 'placed' | 'done') => void | Promise<void>;

/**
 * Puts a folder in another's place: the old one is moved away, the new one renamed, the old one removed. If the second rename fails, the old one comes
 * back. After a kill between the two, `standing` finds either and `repair` completes it. Errors: those of the file system; OUT_UNWRITABLE where
 * the old one could not come back, which says where it is.
 */
export async function exchange(aside: string, target: string, reached: Reached = () => {}): Promise<void> {
  const old = oldName(aside);
  const moved = await rename(target, old).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
  try {
    await reached('moved');
    await rename(aside, target);
  } catch (error) {
    if (moved) await rename(old, target).catch((cause) => Promise.reject(lost(target, old, cause)));
    throw error;
  }
  await syncFolder(dirname(target)); // before the old one goes
  await reached('placed');
  if (moved) await rm(old, { recursive: true, force: true }).catch(() => {}); // the next writer removes it
}

function lost(file: string, old: string, cause: unknown): VouchError {
  const hint = `What stood here is whole in ${old}: rename it back.`;
  return new VouchError('OUT_UNWRITABLE', 'the new folder could not take this place', { file, hint, cause });
}
