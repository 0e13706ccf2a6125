import { readdir, readlink, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { asideName } from '../support/atomic.js';
import { renameSynced } from '../support/sync-folder.js';

/** The link to the version in service. A service is given this path. */
const CURRENT = 'current';

/** The number of the version in service; null if none is. */
export async function currentNumber(dir: string): Promise<number | null> {
  const to = await readlink(join(dir, CURRENT)).catch(() => null);
  return to !== null && /^[1-9]\d*$/.test(to) ? Number(to) : null;
}

/** Points the link to another version: a reader sees the old one or the new one, and never none. */
export async function pointTo(dir: string, number: number): Promise<void> {
  const aside = asideName(join(dir, CURRENT));
  await symlink(String(number), aside);
  await renameSynced(aside, join(dir, CURRENT));
}

/** Removes links that a writer left that was killed. */
export async function sweep(dir: string): Promise<void> {
  const left = (await readdir(dir)).filter((name) => /^current\..*\.partial$/.test(name));
  for (const name of left) await rm(join(dir, name), { force: true });
}
