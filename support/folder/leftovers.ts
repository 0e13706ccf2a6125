import { lstat, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { type FolderKind, isWhole } from './kind.js';

/** The name that the old folder has until the new one, written under `aside`, has replaced it. */
export function oldName(aside: string): string {
  return aside.replace(/\.partial$/, '.old');
}

/** What interrupted writers left next to a folder. */
interface Leftovers {
  /** New folders, complete or not. */
  partial: string[];
  /** Old folders that were to be replaced. */
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
 * The folder with which to complete an exchange that was killed: the new one if it is complete (it always is before the
 * old one is renamed), else the old one. Null if no exchange was under way.
 */
async function heir(target: string, kind: FolderKind): Promise<string | null> {
  const { partial, old } = await leftoversOf(target);
  const pairs = partial.filter((path) => old.includes(oldName(path)));
  for (const path of [...pairs, ...old]) if (await isWhole(path, kind)) return path;
  return old[0] ?? null;
}

/**
 * Where to read a folder from: its own path, or a sibling path if an exchange is, or was killed, between its two
 * renames. Writes nothing. Null if there is no such folder.
 */
export async function standing(dir: string, kind: FolderKind): Promise<string | null> {
  const target = resolve(dir);
  if (await exists(target)) return dir;
  const found = await heir(target, kind);
  if (await exists(target)) return dir; // the exchange has finished in the meantime
  return found;
}

/**
 * Cleans up after writers that died: completes a killed exchange and removes everything else they left. Call it only
 * while holding the lock: then no living process owns what is left.
 */
export async function repair(target: string, kind: FolderKind): Promise<void> {
  if (!(await exists(target))) {
    const found = await heir(target, kind);
    if (found !== null) await rename(found, target);
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
