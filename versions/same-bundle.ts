import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleKind } from '../models/bundle/kind.js';
import type { Version } from './lineage.js';

/** Files of a bundle that only describe it, and say when it was made. */
const PAGES: ReadonlySet<string> = new Set(['report.json', 'report.html', 'card.md', 'card.html']);

/**
 * The version that holds the bundle in this folder already; undefined if none does. It is the same if the digest is,
 * or if both were made from the same version and differ only in the time and in pages about them.
 */
export async function sameVersion(
  dir: string,
  { digest, parent, folder }: Pick<Version, 'digest' | 'parent'> & { folder: string },
  versions: readonly Version[],
): Promise<Version | undefined> {
  const found = versions.find((version) => version.digest === digest);
  if (found !== undefined || parent === null) return found;
  const own = await contentOf(folder);
  if (own === null) return undefined;
  for (const version of versions) {
    if (version.parent === parent && (await contentOf(join(dir, String(version.number)))) === own) return version;
  }
  return undefined;
}

/** What a bundle computes and decides, as its manifest says it; null if that cannot be read. */
async function contentOf(folder: string): Promise<string | null> {
  try {
    const manifest = JSON.parse(await readFile(join(folder, bundleKind.marker), 'utf8'));
    const { created: _, sizes: __, files, ...rest } = manifest;
    return JSON.stringify([rest, Object.entries(files).filter(([name]) => !PAGES.has(name))]);
  } catch {
    return null;
  }
}
