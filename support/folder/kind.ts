import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { readRegular } from '../files/regular-file.js';

/**
 * A kind of folder that vouch writes as a whole: a bundle, an export. Its marker file lists every other file with its
 * SHA-256 under `files`.
 */
export interface FolderKind {
  /** Name of the JSON file that marks the folder. It is written last. */
  marker: string;
  /** Keys that the marker contains besides `files`. */
  keys: readonly string[];
  /** How an error describes a folder that is not of this kind: `not a bundle`. */
  what: string;
  /** Names of files that may be in the folder without being listed. */
  beside?: RegExp;
}

/** Maximum size of a marker in bytes. */
const MOST_MARKER = 16 * 1024 * 1024;

const SHA256 = /^[0-9a-f]{64}$/;

/** The part of a marker that concerns the folder. */
interface Listed {
  files: Record<string, string>;
  sizes: Record<string, number>;
}

/** The files that a folder's marker lists; null if the marker is missing or not of this kind. */
export async function listedIn(dir: string, { marker, keys }: FolderKind): Promise<Listed | null> {
  try {
    const raw: unknown = JSON.parse((await readRegular(join(dir, marker), MOST_MARKER)).toString('utf8'));
    if (!isObject(raw) || !isObject(raw.files) || keys.some((key) => raw[key] === undefined)) return null;
    const hashes = Object.values(raw.files);
    if (hashes.length === 0 || !hashes.every((hash) => typeof hash === 'string' && SHA256.test(hash))) return null;
    return { files: raw.files as Listed['files'], sizes: (isObject(raw.sizes) ? raw.sizes : {}) as Listed['sizes'] };
  } catch {
    return null;
  }
}

/** Whether every file that the marker lists exists with the size it states. The contents are not read. */
export async function isWhole(dir: string, kind: FolderKind): Promise<boolean> {
  const listed = await listedIn(dir, kind);
  if (listed === null) return false;
  for (const name of Object.keys(listed.files)) {
    const found = await lstat(join(dir, name)).catch(() => null);
    if (found === null || found.isDirectory()) return false;
    if (Object.hasOwn(listed.sizes, name) && found.isFile() && found.size !== listed.sizes[name]) return false;
  }
  return true;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
