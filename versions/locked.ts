import { join } from 'node:path';
import { makeFolder, outError } from '../support/atomic.js';
import { takeLock } from '../support/lock.js';
import { currentNumber, sweep } from './current.js';
import { type Lineage, readLineage } from './lineage.js';

/** Milliseconds to wait for another writer. */
const WAIT = 30_000;

/** What a writer is told: the lineage, and the number of the version in service. */
interface Standing {
  lineage: Lineage;
  current: number | null;
}

/**
 * Runs `work` while no other writer changes the folder, with its lineage. A switch that was written down, but that a
 * killed writer did not make, is dropped from the lineage: the link says what is in service. Errors: VERSIONS_BAD;
 * OUT_UNWRITABLE if another writer does not finish.
 */
export async function locked<T>(dir: string, work: (standing: Standing) => Promise<T>): Promise<T> {
  try {
    await makeFolder(dir);
    const lock = await takeLock(join(dir, '.lock'), { wait: WAIT, of: dir });
    try {
      await sweep(dir);
      return await work(await standingOf(dir));
    } finally {
      await lock.release();
    }
  } catch (error) {
    throw outError(dir, error);
  }
}

/** The lineage as the link confirms it, and the version in service. Error: VERSIONS_BAD. */
export async function standingOf(dir: string): Promise<Standing> {
  const lineage = await readLineage(dir);
  const current = await currentNumber(dir);
  const switches = lineage.switches.slice();
  if (switches.length > 0 && switches.at(-1)?.number !== current) switches.pop();
  return { lineage: { ...lineage, switches }, current };
}
