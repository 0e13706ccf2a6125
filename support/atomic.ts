import { randomBytes } from 'node:crypto';
import { mkdir, open, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { VouchError } from './errors.js';
import { renameSynced } from './sync-folder.js';

/** The name under which an output is written before it is renamed: same folder, so that the rename is atomic. */
export function asideName(path: string): string {
  return `${path}.${process.pid}-${randomBytes(3).toString('hex')}.partial`;
}

/**
 * Makes a folder and its parents. Node's own `recursive` spins for ever under /proc, where mkdir answers ENOENT although the
 * parent is there; this climbs once and comes back. Throws the file system's error.
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

/** Writes a file aside, syncs it, renames it: a reader sees the old file or the whole new one. Coded errors. */
export async function writeAtomic(path: string, content: string | Uint8Array): Promise<void> {
  const aside = asideName(path);
  try {
    await makeFolder(dirname(path));
    await writeSynced(aside, content);
    await renameSynced(aside, path);
  } catch (error) {
    await rm(aside, { force: true }).catch(() => {});
    throw outError(path, error);
  }
}

/** Writes a new file and has the disk keep it. */
export async function writeSynced(path: string, content: string | Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Turns a file-system error met while writing into the coded one. */
export function outError(path: string, error: unknown): Error {
  if (error instanceof VouchError) return error;
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new VouchError('DISK_FULL', 'the disk is full; nothing half-written was left', { file: path, cause: error });
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new VouchError('OUT_UNWRITABLE', `cannot write here: ${reason}`, { file: path, cause: error });
}

/** Turns a file-system error met while reading into the coded one. */
export function inError(path: string, error: unknown): Error {
  if (error instanceof VouchError) return error;
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new VouchError('FILE_MISSING', 'no such file', { file: path, cause: error });
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new VouchError('FILE_UNREADABLE', `cannot read this: ${reason}`, { file: path, cause: error });
}
