import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Error codes of systems that cannot sync folders (Windows, some network file systems). */
const UNABLE = new Set(['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP', 'EBADF']);

/**
 * Writes the names in a folder to the disk, so that a rename in it survives a power cut. Does nothing if the system
 * cannot.
 */
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

/** Renames a file or folder within its folder, so that the rename survives a power cut. */
export async function renameSynced(from: string, to: string): Promise<void> {
  await rename(from, to);
  await syncFolder(dirname(to));
}
