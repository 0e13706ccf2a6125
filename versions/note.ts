import type { Version } from './lineage.js';
import { versionOf, writeLineage } from './lineage.js';
import { locked } from './locked.js';

/** Adds a note to a version. Error: NO_VERSION. */
export async function addNote(dir: string, number: number, note: { text: string; time: string }): Promise<Version> {
  return locked(dir, async ({ lineage }) => {
    const version = versionOf(lineage, number, dir);
    const noted = { ...version, notes: [...version.notes, note] };
    const versions = lineage.versions.map((each) => (each.number === number ? noted : each));
    await writeLineage(dir, { ...lineage, versions });
    return noted;
  });
}
