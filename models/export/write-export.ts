import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { asideName, makeFolder, outError } from '../../support/atomic.js';
import { VouchError } from '../../support/errors.js';
import { sha256 } from '../bundle/write.js';
import type { ExportFiles } from './export-bundle.js';

/** The file that marks a folder as an export: what it was made of, and the SHA-256 of every other file. */
export const MARKER = 'export.json';

/**
 * Writes an export: all files into a folder aside, then one rename; an older export at the same place is replaced. Errors:
 * OUT_EXISTS where something else lies there, OUT_UNWRITABLE, DISK_FULL; after any of them nothing half-written is left.
 */
export async function writeExport(dir: string, files: ExportFiles, facts: Record<string, unknown>): Promise<void> {
  const target = resolve(dir);
  const entries = await readdir(target).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [] as string[];
    throw outError(dir, error);
  });
  if (entries.length > 0 && !entries.includes(MARKER)) {
    throw new VouchError('OUT_EXISTS', 'this folder exists and is no export; it was left alone', {
      file: dir,
      hint: 'Choose another --out.',
    });
  }
  const aside = asideName(target);
  const hashes = Object.fromEntries(Object.entries(files).map(([path, content]) => [path, sha256(content)]));
  try {
    await makeFolder(dirname(target));
    await mkdir(aside);
    for (const [path, content] of Object.entries(files)) {
      await makeFolder(dirname(join(aside, path)));
      await writeFile(join(aside, path), content);
    }
    await writeFile(join(aside, MARKER), `${JSON.stringify({ ...facts, files: hashes }, null, 1)}\n`);
    const old = asideName(`${target}.old`);
    if (existsSync(target)) await rename(target, old);
    await rename(aside, target);
    await rm(old, { recursive: true, force: true });
  } catch (error) {
    await rm(aside, { recursive: true, force: true }).catch(() => {});
    throw outError(dir, error);
  }
}
