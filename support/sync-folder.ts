import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What systems answer that do not sync folders (Windows, some network file systems). */
const UNABLE = new Set(['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP', 'EBADF']);

/** Has the disk keep a folder's names, so that a rename in it survives a power cut; nothing where the system cannot. */
export async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await open(path, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch (error) {
    if (!UNABLE.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

/** Renames within a folder, and has the disk keep it. */
export async function renameSynced(from: string, to: string): Promise<void> {
  await rename(from, to);
  await syncFolder(dirname(to));
}
