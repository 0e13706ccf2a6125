import type { Version } from './lineage.js';
import { standingOf } from './locked.js';

/**
 * `champion`: in service. `former`: was in service, and is not now. `challenger`: was never in service.
 */
type VersionState = 'champion' | 'former' | 'challenger';

export type ListedVersion = Version & { state: VersionState };

/** All versions, oldest first, with their states. It takes no lock. Error: VERSIONS_BAD. */
export async function listVersions(dir: string): Promise<ListedVersion[]> {
  const { lineage, current } = await standingOf(dir);
  const served = new Set(lineage.switches.map(({ number }) => number));
  const stateOf = ({ number }: Version): VersionState =>
    number === current ? 'champion' : served.has(number) ? 'former' : 'challenger';
  return lineage.versions.map((version) => ({ ...version, state: stateOf(version) }));
}
