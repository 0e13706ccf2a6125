import { join } from 'node:path';
import { readBundle } from '../models/bundle/read.js';
import { VouchError } from '../support/errors.js';
import { pointTo } from './current.js';
import { type Lineage, type Switch, type Version, versionOf, writeLineage } from './lineage.js';
import { locked } from './locked.js';

/**
 * Brings a version into service, after its files were checked against its hashes. Errors: NO_VERSION; VERSIONS_BAD if
 * the bundle is not the one that was added; those of reading a bundle.
 */
export async function promote(dir: string, number: number, time: string): Promise<Version> {
  return locked(dir, async ({ lineage, current }) => {
    const version = versionOf(lineage, number, dir);
    await checkWhole(dir, version);
    if (current !== number) await switchTo(dir, lineage, { kind: 'promote', number, time });
    return version;
  });
}

/**
 * Brings the version into service that was there before the current one. A rollback of a rollback goes one further back.
 * Errors: NO_VERSION if there is none; as `promote`.
 */
export async function rollback(dir: string, time: string): Promise<{ from: number; to: Version }> {
  return locked(dir, async ({ lineage, current }) => {
    const order = inService(lineage.switches);
    const before = order.at(-2);
    if (current === null || before === undefined) {
      throw new VouchError('NO_VERSION', 'there is no earlier version in service to go back to', {
        file: dir,
        hint: 'vouch versions promote brings any version into service.',
      });
    }
    const to = versionOf(lineage, before, dir);
    await checkWhole(dir, to);
    await switchTo(dir, lineage, { kind: 'rollback', number: before, time });
    return { from: current, to };
  });
}

/** Writes the switch down, then makes it. A writer that is killed in between has changed nothing that is served. */
export async function switchTo(dir: string, lineage: Lineage, made: Switch): Promise<void> {
  await writeLineage(dir, { ...lineage, switches: [...lineage.switches, made] });
  await pointTo(dir, made.number);
}

/** The versions that were in service, as a stack: a promotion adds one, a rollback takes one off. */
function inService(switches: readonly Switch[]): number[] {
  const order: number[] = [];
  for (const { kind, number } of switches) {
    if (kind === 'promote') order.push(number);
    else order.pop();
  }
  return order;
}

/** Error: VERSIONS_BAD if the folder of the version holds another bundle; those of reading a bundle. */
export async function checkWhole(dir: string, { number, digest }: Version): Promise<void> {
  const folder = join(dir, String(number));
  const bundle = await readBundle(folder);
  if (bundle.digest === digest) return;
  throw new VouchError('VERSIONS_BAD', 'this bundle is not the one that was added', {
    ...{ file: folder, expected: digest, got: bundle.digest },
  });
}
