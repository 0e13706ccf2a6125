import { constants, type FileHandle, open } from 'node:fs/promises';
import { VouchError } from '../errors.js';

const { O_RDONLY, O_NONBLOCK = 0 } = constants;

/**
 * Opens a regular file and returns its size. Devices (which may never end) and FIFOs (which may never begin) are
 * refused before a byte is read. Errors: FILE_UNREADABLE; those of the file system.
 */
export async function openRegular(path: string): Promise<{ handle: FileHandle; size: number }> {
  const handle = await open(path, O_RDONLY | O_NONBLOCK); // without O_NONBLOCK, opening a FIFO waits for a writer
  try {
    const found = await handle.stat();
    if (!found.isFile()) throw new VouchError('FILE_UNREADABLE', 'this is not a regular file', { file: path });
    return { handle, size: found.size };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** The first `size` bytes of an open file; fewer if the file is shorter. */
export async function readSize(handle: FileHandle, size: number): Promise<Buffer> {
  const bytes = Buffer.alloc(size);
  let at = 0;
  while (at < size) {
    const { bytesRead } = await handle.read(bytes, at, size - at, at);
    if (bytesRead === 0) break;
    at += bytesRead;
  }
  return bytes.subarray(0, at);
}

/**
 * The contents of a regular file of at most `most` bytes. Errors: FILE_UNREADABLE if it is not a regular file or is
 * larger; those of the file system.
 */
export async function readRegular(path: string, most: number): Promise<Buffer> {
  const { handle, size } = await openRegular(path);
  try {
    if (size > most) {
      const detail = { file: path, expected: `at most ${most} bytes`, got: size };
      throw new VouchError('FILE_UNREADABLE', 'this file is too large', detail);
    }
    return await readSize(handle, size);
  } finally {
    await handle.close();
  }
}
