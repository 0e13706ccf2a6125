import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { asideName, makeFolder, outError } from '../../support/atomic.js';
import { VouchError } from '../../support/errors.js';
import type { Manifest } from './manifest.js';

/** The bundle's files besides the manifest, by name. */
export type BundleFiles = Record<string, string | Uint8Array>;

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/**
 * Writes a bundle: all files into a folder aside, hashes into the manifest, then one rename. An older bundle at the same
 * place is moved away first and removed last; a folder that is no bundle is never touched. Errors: OUT_EXISTS,
 * OUT_UNWRITABLE, DISK_FULL; after any of them nothing half-written is left.
 */
export async function writeBundle(dir: string, files: BundleFiles, manifest: Omit<Manifest, 'files'>): Promise<void> {
  const target = resolve(dir);
  await checkTarget(target);
  const aside = asideName(target);
  const hashes = Object.fromEntries(Object.entries(files).map(([name, content]) => [name, sha256(content)]));
  try {
    await makeFolder(dirname(target));
    await mkdir(aside);
    for (const [name, content] of Object.entries(files)) await writeSynced(join(aside, name), content);
    await writeSynced(join(aside, 'manifest.json'), `${JSON.stringify({ ...manifest, files: hashes }, null, 1)}\n`);
    if (existsSync(target)) {
      const old = asideName(`${target}.old`);
      await rename(target, old);
      await rename(aside, target);
      await rm(old, { recursive: true, force: true });
    } else {
      await rename(aside, target);
    }
  } catch (error) {
    await rm(aside, { recursive: true, force: true }).catch(() => {});
    throw outError(dir, error);
  }
}

/** Fails early, before hours of training, when `dir` holds something that is not a bundle or cannot be written. */
export async function checkTarget(dir: string): Promise<void> {
  let entries: string[];
  try {
    entries = await readdir(dir);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'ENOENT') throw outError(dir, error);
    await probe(dir);
    return;
  }
  if (entries.length > 0 && !entries.includes('manifest.json')) {
    throw new VouchError('OUT_EXISTS', 'this folder exists and is not a bundle; it was left alone', {
      file: dir,
      hint: 'Choose another --out.',
    });
  }
  await probe(dir);
}

async function probe(dir: string): Promise<void> {
  const aside = asideName(dir);
  try {
    await makeFolder(dirname(resolve(dir)));
    await mkdir(aside);
    await rm(aside, { recursive: true });
  } catch (error) {
    throw outError(dir, error);
  }
}

async function writeSynced(path: string, content: string | Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}
