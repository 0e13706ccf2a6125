import { realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { standing } from '../../support/folder/leftovers.js';
import { bundleKind } from './kind.js';

/**
 * Identifies a bundle without reading it: its folder with links followed, and the manifest's inode, time and size. Null
 * if there is no bundle.
 */
export async function identityOf(dir: string): Promise<string | null> {
  try {
    const place = await standing(dir, bundleKind);
    if (place === null) return null;
    const real = await realpath(place);
    const { ino, mtimeMs, size } = await stat(join(real, bundleKind.marker));
    return `${real} ${ino} ${mtimeMs} ${size}`;
  } catch {
    return null;
  }
}
