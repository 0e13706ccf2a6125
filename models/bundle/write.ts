import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { asideName, makeFolder, outError } from '../../support/atomic.js';
import { checkOurs } from '../../support/folder/ours.js';
import { type Replace, replaceFolder } from '../../support/folder/replace.js';
import { bundleKind } from './kind.js';
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

/** Of each file its size in bytes. */
function sizesOf(files: BundleFiles): Record<string, number> {
  return Object.fromEntries(Object.entries(files).map(([name, content]) => [name, Buffer.byteLength(content)]));
}

/**
 * Writes a bundle: its files, and hashes and sizes of them in the manifest, whole or not at all. An older bundle at the same place is
 * replaced; a folder that holds anything else is never touched. Errors: OUT_EXISTS, OUT_UNWRITABLE, DISK_FULL; after any of them
 * nothing half-written is left.
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

/** Fails early, before hours of training, when `dir` holds something that is not a bundle or cannot be written. */
export async function checkTarget(dir: string): Promise<void> {
  await checkOurs(dir, bundleKind);
  const aside = asideName(dir);
  try {
    await makeFolder(dirname(resolve(dir)));
    await mkdir(aside);
    await rm(aside, { recursive: true, force: true }); // a writer may have cleared it away
  } catch (error) {
    throw outError(dir, error);
  }
}
