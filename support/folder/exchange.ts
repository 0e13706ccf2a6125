import { rename, rm } from 'node:fs/promises';
import { VouchError } from '../errors.js';
import { oldName } from './leftovers.js';

/** Called when a step of writing a folder is done. Tests end the process there. */
export type Reached = (step: 'locked' | 'begun' | 'written' | 'moved' | 'placed' | 'done') => void | Promise<void>;

/**
 * Replaces a folder by a new one: the old folder is renamed, the new one takes its name, the old one is removed. If the
 * second rename fails, the old folder gets its name back. After a kill between the two renames, `standing` finds one of
 * the two and `repair` completes the exchange. Errors: those of the file system; OUT_UNWRITABLE if the old folder could
 * not get its name back (the error says where it is).
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
  await reached('placed');
  if (moved) await rm(old, { recursive: true, force: true }).catch(() => {}); // otherwise the next writer removes it
}

function lost(file: string, old: string, cause: unknown): VouchError {
  const hint = `The old folder is complete in ${old}: rename it back.`;
  return new VouchError('OUT_UNWRITABLE', 'the old folder could not be replaced', { file, hint, cause });
}
