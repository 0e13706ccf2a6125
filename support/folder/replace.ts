import { mkdir, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { asideName, makeFolder, outError, writeSynced } from '../atomic.js';
import { VouchError } from '../errors.js';
import { takeLock } from '../lock.js';
import { exchange, type Reached } from './exchange.js';
import type { FolderKind } from './kind.js';
import { repair } from './leftovers.js';
import { checkOurs } from './ours.js';

/** Milliseconds for which a writer waits for another writer of the same folder. */
const WAIT = 30_000;

export interface Replace {
  kind: FolderKind;
  /** Files by their path inside the folder, with `/` between folders. The marker is written last. */
  files: Record<string, string | Uint8Array>;
  wait?: number;
  reached?: Reached;
}

/**
 * Writes a folder as a whole: all files go into a temporary folder and are synced; then it replaces the old folder.
 * Only one process writes at a time; what dead writers left is cleaned up first. Errors: OUT_EXISTS if the old folder
 * is not entirely of this kind; OUT_UNWRITABLE, also while another process writes; DISK_FULL. After any error the old
 * folder is still there and nothing half-written is left.
 */
export async function replaceFolder(
  dir: string,
  { kind, files, wait = WAIT, reached = () => {} }: Replace,
): Promise<void> {
  const target = resolve(dir);
  const aside = asideName(target);
  try {
    await makeFolder(dirname(target));
    const lock = await takeLock(`${target}.lock`, { wait, of: dir });
    try {
      await reached('locked');
      await repair(target, kind);
      await checkOurs(target, kind);
      await mkdir(aside);
      await reached('begun');
      for (const [path, content] of Object.entries(files)) {
        await makeFolder(dirname(join(aside, path)));
        await writeSynced(join(aside, path), content);
      }
      await reached('written');
      await checkOurs(target, kind); // writing may have taken long
      if (!(await lock.holds()))
        throw new VouchError('OUT_UNWRITABLE', 'another run has taken over this folder', { file: dir });
      await exchange(aside, target, reached);
    } finally {
      await rm(aside, { recursive: true, force: true }).catch(() => {});
      await lock.release();
    }
    await reached('done');
  } catch (error) {
    throw outError(dir, error);
  }
}
