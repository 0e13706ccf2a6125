import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { asideName, makeFolder, outError } from '../../support/atomic.js';
import { checkReplaceable, replaceFolder } from '../../support/folder.js';
import type { Manifest } from './manifest.js';

/** The bundle's files besides the manifest, by name. */
export type BundleFiles = Record<string, string | Uint8Array>;

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Of each file its SHA-256. */
export function hashesOf(files: Record<string, string | Uint8Array>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([name, content]) => [name, sha256(content)]));
}

/**
 * Writes a bundle: its files, and hashes of them in the manifest, whole or not at all. An older bundle at the same place is
 * replaced; a folder that is no bundle is never touched. Errors: OUT_EXISTS, OUT_UNWRITABLE, DISK_FULL; after any of them nothing
 * half-written is left.
 */
export async function writeBundle(dir: string, files: BundleFiles, manifest: Omit<Manifest, 'files'>): Promise<void> {
  await checkTarget(resolve(dir));
  const text = `${JSON.stringify({ ...manifest, files: hashesOf(files) }, null, 1)}\n`;
  await replaceFolder(dir, { ...files, 'manifest.json': text });
}

/** Fails early, before hours of training, when `dir` holds something that is not a bundle or cannot be written. */
export async function checkTarget(dir: string): Promise<void> {
  await checkReplaceable(dir, 'manifest.json', 'not a bundle');
  const aside = asideName(dir);
  try {
    await makeFolder(dirname(resolve(dir)));
    await mkdir(aside);
    await rm(aside, { recursive: true });
  } catch (error) {
    throw outError(dir, error);
  }
}
