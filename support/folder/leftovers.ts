import { lstat, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { renameSynced } from '../sync-folder.js';
import { type FolderKind, isWhole } from './kind.js';

/** The name under which what stood in a place waits until the new folder, written under `aside`, stands there. */
export function oldName(aside: string): string {
  return aside.replace(/\.partial$/, '.old');
}

/** What writers left beside a folder. */
interface Leftovers {
  /** New folders, whole or not. */
  partial: string[];
  /** What stood in the place before. */
  old: string[];
}

async function leftoversOf(target: string): Promise<Leftovers> {
  const base = basename(target);
  const folder = dirname(target);
  const names = await readdir(folder).catch(() => [] as string[]);
  const pick = (ending: string) =>
    names.flatMap((name) => {
      const isOurs =
        name.startsWith(`${base}.`) && new RegExp(`^\\d+-[0-9a-f]{6}\\.${ending}$`).test(name.slice(base.length + 1));
      return isOurs ? [join(folder, name)] : [];
    });
  return { partial: pick('partial'), old: pick('old') };
}

/**
 * The folder that a killed exchange left for the place: the new one where it is whole (it was, before the old one was moved), else the old
 * one. Null where nobody was inside an exchange.
 */
async function heir(target: string, kind: FolderKind): Promise<string | null> {
  const { partial, old } = await leftoversOf(target);
  const pairs = partial.filter((path) => old.includes(oldName(path)));
  for (const path of [...pairs, ...old]) if (await isWhole(path, kind)) return path;
  return old[0] ?? null;
}

/**
 * Where a folder is to be read: its place, or beside it between the two renames of an exchange, which a kill may have made last.
 * Nothing is written. Null where there is none.
 */
export async function standing(dir: string, kind: FolderKind): Promise<string | null> {
  const target = resolve(dir);
  if (await exists(target)) return dir;
  const found = await heir(target, kind);
  if (await exists(target)) return dir; // the exchange went on meanwhile
  return found;
}

/**
 * Puts right what dead writers left: completes a killed exchange, removes everything else of theirs. Only for who holds the lock: what is
 * left then is of nobody who lives.
 */
export async function repair(target: string, kind: FolderKind): Promise<void> {
  if (!(await exists(target))) {
    const found = await heir(target, kind);
    if (found !== null) await renameSynced(found, target);
  }
  const { partial, old } = await leftoversOf(target);
  for (const path of [...partial, ...old]) await rm(path, { recursive: true, force: true });
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
