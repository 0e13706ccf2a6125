import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { outError } from '../atomic.js';
import { VouchError } from '../errors.js';
import { type FolderKind, listedIn } from './kind.js';

/** Files that operating systems put into any folder. */
const OF_THE_SYSTEM = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini']);

/**
 * Refuses a folder that vouch may not replace: one that contains anything besides the files its marker lists. A missing
 * or empty folder is fine. Errors: OUT_EXISTS, which names the first unknown file; OUT_UNWRITABLE.
 */
export async function checkOurs(dir: string, kind: FolderKind): Promise<void> {
  const entries = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [] as string[];
    throw outError(dir, error);
  });
  if (entries.length === 0) return;
  const listed = entries.includes(kind.marker) ? await listedIn(dir, kind) : null;
  if (listed === null) throw refusal(dir, `this folder exists and is ${kind.what}`);
  const own = new Set([kind.marker, ...Object.keys(listed.files)]);
  const stranger = await strangerIn(dir, '', own, kind).catch((error) => {
    throw outError(dir, error);
  });
  if (stranger !== null) throw refusal(dir, `this folder contains ${stranger}, which vouch did not write`);
}

/** Path, inside the folder, of the first entry that is not listed; null if there is none. Links are not followed. */
async function strangerIn(
  dir: string,
  under: string,
  own: ReadonlySet<string>,
  kind: FolderKind,
): Promise<string | null> {
  for (const entry of await readdir(join(dir, under), { withFileTypes: true })) {
    const path = under === '' ? entry.name : `${under}/${entry.name}`;
    if (entry.isDirectory()) {
      if (![...own].some((name) => name.startsWith(`${path}/`))) return path;
      const inside = await strangerIn(dir, path, own, kind);
      if (inside !== null) return inside;
      continue;
    }
    if (!own.has(path) && !OF_THE_SYSTEM.has(entry.name) && kind.beside?.test(path) !== true) return path;
  }
  return null;
}

function refusal(file: string, what: string): VouchError {
  return new VouchError('OUT_EXISTS', `${what}; it was not changed`, { file, hint: 'Choose another --out.' });
}
