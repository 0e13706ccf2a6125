import { realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { standing } from '../../support/folder/leftovers.js';
import { bundleKind } from './kind.js';

/** What tells one bundle from another without reading it: folder behind links, manifest's inode, time and size. Null while there is none. */
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
