import { realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { VouchError } from '../../support/errors.js';
import { openRegular, readSize } from '../../support/files/regular-file.js';

/** A file of a bundle. */
interface FileOf {
  /** The bundle's folder with all links followed, and the path that the caller gave. */
  real: string;
  dir: string;
  name: string;
}

interface FileLimits {
  /** Largest number of bytes. */
  most: number;
  /** Bytes that may still be read over all files; reading a file subtracts its size. */
  budget?: { left: number };
  /** Size that the manifest states, in bytes. */
  size?: number;
}

/**
 * Reads a file of a bundle. It must be a regular file inside the folder (a link inside the folder is allowed) and have
 * the stated size, which is checked before a byte is read. Errors: BUNDLE_BAD, BUNDLE_DAMAGED; those of the file system
 * if it is missing.
 */
export async function readFileOf(
  { real, dir, name }: FileOf,
  { most, budget = { left: most }, size }: FileLimits,
): Promise<Buffer> {
  const file = join(dir, name);
  const path = await realpath(join(real, name));
  if (!path.startsWith(real.endsWith(sep) ? real : real + sep))
    throw new VouchError('BUNDLE_BAD', 'a file of the bundle is outside its folder', { file });
  const opened = await openRegular(path).catch((error: unknown) => {
    if (error instanceof VouchError) throw new VouchError('BUNDLE_BAD', error.what, { file });
    throw error;
  });
  try {
    if (size !== undefined && opened.size !== size)
      throw new VouchError('BUNDLE_DAMAGED', 'the file does not have the size that the manifest states', {
        file,
        expected: `${size} bytes`,
        got: opened.size,
      });
    const room = Math.min(most, budget.left);
    if (opened.size > room)
      throw new VouchError('BUNDLE_BAD', 'a file of the bundle is too large', {
        file,
        expected: `at most ${room} bytes`,
        got: opened.size,
      });
    budget.left -= opened.size;
    return await readSize(opened.handle, opened.size);
  } finally {
    await opened.handle.close();
  }
}
