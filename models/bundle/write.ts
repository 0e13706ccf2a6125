import { mkdir, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { asideName, makeFolder, outError } from '../../support/atomic.js';
import { sha256 } from '../../support/digest.js';
import { checkOurs } from '../../support/folder/ours.js';
import { type Replace, replaceFolder } from '../../support/folder/replace.js';
import { bundleKind } from './kind.js';
import type { Manifest } from './manifest.js';

/** The bundle's files besides the manifest, by name. */
export type BundleFiles = Record<string, string | Uint8Array>;

/** The SHA-256 of each file. */
export function hashesOf(files: Record<string, string | Uint8Array>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([name, content]) => [name, sha256(content)]));
}

/** The size of each file in bytes. */
function sizesOf(files: BundleFiles): Record<string, number> {
  return Object.fromEntries(Object.entries(files).map(([name, content]) => [name, Buffer.byteLength(content)]));
}

/**
 * Writes a bundle completely or not at all: its files, with their hashes and sizes in the manifest. An older bundle at
 * the same place is replaced; a folder with anything else in it is never changed. Errors: OUT_EXISTS, OUT_UNWRITABLE,
 * DISK_FULL; after an error no incomplete files are left.
 */
export async function writeBundle(
  dir: string,
  files: BundleFiles,
  manifest: Omit<Manifest, 'files' | 'sizes'>,
  how: Pick<Replace, 'wait' | 'reached'> = {},
): Promise<void> {
  const text = `${JSON.stringify({ ...manifest, files: hashesOf(files), sizes: sizesOf(files) }, null, 1)}\n`;
  await replaceFolder(dir, { kind: bundleKind, files: { ...files, 'manifest.json': text }, ...how });
}

/** Fails early, before hours of training, if `dir` has something that is not a bundle in it or cannot be written. */
export async function checkTarget(dir: string): Promise<void> {
  await checkOurs(dir, bundleKind);
  const aside = asideName(dir);
  try {
    await makeFolder(dirname(resolve(dir)));
    await mkdir(aside);
    await rm(aside, { recursive: true, force: true }); // another writer may have removed it
  } catch (error) {
    throw outError(dir, error);
  }
}
