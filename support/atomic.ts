import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { VouchError } from './errors.js';

/**
 * The temporary name under which an output is written before it is renamed. It is in the same folder, so that the
 * rename is atomic.
 */
export function asideName(path: string): string {
  return `${path}.${process.pid}-${randomBytes(3).toString('hex')}.partial`;
}

/**
 * Creates a folder and its parents. Node's own `recursive` option loops forever under /proc, where mkdir answers ENOENT
 * although the parent exists; this function goes up once and comes back down. Throws the file system's error.
 */
export async function makeFolder(path: string): Promise<void> {
  const missing: string[] = [];
  let at = resolve(path);
  for (;;) {
    const found = await stat(at).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      return null;
    });
    if (found !== null) break;
    missing.push(at);
    at = dirname(at);
  }
  for (const folder of missing.reverse()) {
    await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

/**
 * Writes a file under a temporary name, syncs it and renames it: a reader sees the old file or the complete new one.
 * Throws coded errors.
 */
export async function writeAtomic(path: string, content: string | Uint8Array): Promise<void> {
  const aside = asideName(path);
  try {
    await makeFolder(dirname(path));
    await writeSynced(aside, content);
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true }).catch(() => {});
    throw outError(path, error);
  }
}

/** Writes a new file and waits until it is on the disk. */
export async function writeSynced(path: string, content: string | Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Turns a file-system error that occurred while writing into a coded error. */
export function outError(path: string, error: unknown): Error {
  if (error instanceof VouchError) return error;
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new VouchError('DISK_FULL', 'the disk is full; no half-written file was left', { file: path, cause: error });
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new VouchError('OUT_UNWRITABLE', `this cannot be written: ${reason}`, { file: path, cause: error });
}

/** Turns a file-system error that occurred while reading into a coded error. */
export function inError(path: string, error: unknown): Error {
  if (error instanceof VouchError) return error;
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new VouchError('FILE_MISSING', 'no such file', { file: path, cause: error });
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new VouchError('FILE_UNREADABLE', `this cannot be read: ${reason}`, { file: path, cause: error });
}
