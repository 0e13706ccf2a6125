import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { asideName, makeFolder, outError, writeSynced } from './atomic.js';
import { VouchError } from './errors.js';

/** Refuses a folder that holds something, but not the file that marks it as ours. Errors: OUT_EXISTS (`what` says which), OUT_UNWRITABLE. */
export async function checkReplaceable(dir: string, marker: string, what: string): Promise<void> {
  const entries = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [] as string[];
    throw outError(dir, error);
  });
  if (entries.length === 0 || entries.includes(marker)) return;
  throw new VouchError('OUT_EXISTS', `this folder exists and is ${what}; it was left alone`, {
    file: dir,
    hint: 'Choose another --out.',
  });
}

/**
 * Writes a folder whole: all files (paths with `/`) into one aside, synced, then one rename; what stood there is moved away first and
 * removed last. Errors: OUT_UNWRITABLE, DISK_FULL; after any of them nothing half-written is left.
 */
export async function replaceFolder(dir: string, files: Record<string, string | Uint8Array>): Promise<void> {
  const target = resolve(dir);
  const aside = asideName(target);
  try {
    await makeFolder(dirname(target));
    await mkdir(aside);
    for (const [path, content] of Object.entries(files)) {
      await makeFolder(dirname(join(aside, path)));
      await writeSynced(join(aside, path), content);
    }
    const old = existsSync(target) ? asideName(`${target}.old`) : null;
    if (old !== null) await rename(target, old);
    await rename(aside, target);
    if (old !== null) await rm(old, { recursive: true, force: true });
  } catch (error) {
    await rm(aside, { recursive: true, force: true }).catch(() => {});
    throw outError(dir, error);
  }
}
