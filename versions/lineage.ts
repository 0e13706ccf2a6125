import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeAtomic } from '../support/atomic.js';
import { VouchError } from '../support/errors.js';

const LINEAGE_FILE = 'lineage.json';

const versionSchema = z.object({
  /** The name of its folder: 1, 2, 3, … */
  number: z.number().int().min(1),
  /** SHA-256 of its manifest, and of that of the version it was made from; null: it was not made from another one. */
  digest: z.string(),
  parent: z.string().nullable(),
  /** How it was made: `added`, or `recalibrated` with the change. */
  how: z.string(),
  added: z.string(),
  /** SHA-256 over ids and labels of the answers that made it; null if unknown. */
  answers: z.string().nullable(),
  notes: z.array(z.object({ time: z.string(), text: z.string() })),
});

const switchSchema = z.object({
  time: z.string(),
  kind: z.enum(['promote', 'rollback']),
  /** The version that came into service. */
  number: z.number().int().min(1),
});

const lineageSchema = z.object({
  format: z.literal(1),
  versions: z.array(versionSchema),
  /** Every switch of the version in service, oldest first. */
  switches: z.array(switchSchema),
});

/** One version in a folder of versions. */
export type Version = z.infer<typeof versionSchema>;
export type Switch = z.infer<typeof switchSchema>;
export type Lineage = z.infer<typeof lineageSchema>;

/** The lineage of a folder of versions; an empty one if there is none yet. Error: VERSIONS_BAD. */
export async function readLineage(dir: string): Promise<Lineage> {
  const file = join(dir, LINEAGE_FILE);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw new VouchError('VERSIONS_BAD', 'the lineage cannot be read', { file, cause: error });
  });
  if (text === null) return { format: 1, versions: [], switches: [] };
  try {
    return lineageSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new VouchError('VERSIONS_BAD', 'this is not a lineage that vouch wrote', {
      ...{ file, cause: error },
      hint: 'Restore it from a backup. The folders 1, 2, 3, … are bundles and can be added to a new folder of versions.',
    });
  }
}

/** Errors: OUT_UNWRITABLE, DISK_FULL. */
export async function writeLineage(dir: string, lineage: Lineage): Promise<void> {
  await writeAtomic(join(dir, LINEAGE_FILE), `${JSON.stringify(lineage, null, 1)}\n`);
}

/** The version with this number. Error: NO_VERSION. */
export function versionOf({ versions }: Lineage, number: number, dir: string): Version {
  const found = versions.find((version) => version.number === number);
  if (found !== undefined) return found;
  throw new VouchError('NO_VERSION', 'there is no such version', {
    ...{ file: dir, got: number },
    expected: versions.length === 0 ? 'a version (there is none yet)' : versions.map((each) => each.number).join(', '),
  });
}
