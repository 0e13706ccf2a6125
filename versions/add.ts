import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { digestAt } from '../models/bundle/read.js';
import { VouchError } from '../support/errors.js';
import type { Lineage, Version } from './lineage.js';
import { writeLineage } from './lineage.js';
import { locked } from './locked.js';
import { checkWhole, switchTo } from './promote.js';
import { sameVersion } from './same-bundle.js';

/** What a new version says about itself. */
export interface Added {
  how: string;
  /** Digest of the version that it was made from; null: none. */
  parent: string | null;
  /** SHA-256 over ids and labels of the answers that made it; null if unknown. */
  answers: string | null;
  note?: string;
  /** Whether it comes into service. The first version always does. */
  promote: boolean;
  time: string;
}

/**
 * Adds a version: `write` writes the bundle into a folder with the next number, then the lineage names it. A folder that
 * the lineage does not name is no version: a killed writer left it, and the next one writes over it. With `promote`, the
 * version must have been made from the one in service, if it was made from any. If a version holds the same bundle
 * already, that one is meant: it gets the note, and comes into service with `promote`. Errors: VERSIONS_BAD; those of
 * writing.
 */
export async function addVersion(
  dir: string,
  write: (folder: string) => Promise<void>,
  { how, parent, answers, note, promote, time }: Added,
): Promise<{ version: Version; isCurrent: boolean; isNew: boolean }> {
  return locked(dir, async ({ lineage, current }) => {
    if (promote && parent !== null && current !== null) refuseOther(dir, lineage, current, parent);
    const number = (lineage.versions.at(-1)?.number ?? 0) + 1;
    const folder = join(dir, String(number));
    await write(folder);
    const digest = await digestAt(folder);
    if (digest === null) throw new VouchError('VERSIONS_BAD', 'no bundle was written', { file: folder });
    const notes = note === undefined ? [] : [{ time, text: note }];
    const same = await sameVersion(dir, { digest, parent, folder }, lineage.versions);
    if (same !== undefined) await rm(folder, { recursive: true });
    const version: Version =
      same === undefined
        ? { number, digest, parent, how, added: time, answers, notes }
        : { ...same, notes: [...same.notes, ...notes] };
    const others = lineage.versions.filter((each) => each !== same);
    const versions = [...others, version].sort((a, b) => a.number - b.number);
    const after: Lineage = { ...lineage, versions };
    const switches = (promote || current === null) && current !== version.number;
    if (switches && same !== undefined) await checkWhole(dir, same);
    await writeLineage(dir, after);
    if (switches) await switchTo(dir, after, { kind: 'promote', number: version.number, time });
    return { version, isCurrent: switches || current === version.number, isNew: same === undefined };
  });
}

/** Error: VERSIONS_BAD if another version came into service since the new one was made. */
function refuseOther(dir: string, { versions }: Lineage, current: number, parent: string): void {
  const serving = versions.find(({ number }) => number === current)?.digest;
  if (serving === parent) return;
  throw new VouchError('VERSIONS_BAD', 'another version came into service while the new one was made', {
    ...{ file: dir, expected: parent, got: serving ?? `version ${current}` },
    hint: 'Recalibrate again, from the version that is in service now.',
  });
}
