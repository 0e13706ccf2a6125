import { createRequire } from 'node:module';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folders that `vouch setup-tfjs` fills by default, inside the project that uses vouch. */
export const setupFolders = { cpu: join('.vouch', 'tfjs-node'), gpu: join('.vouch', 'tfjs-node-gpu') } as const;

/** The environment variable with the folders that `vouch setup-tfjs --dir` filled. */
export const setupVariable = 'VOUCH_TFJS_NODE';

/** An optional package that was found: its entry file, and the versions that must match ours. */
interface Peer {
  /** Loads a CommonJS package as code in that folder would. */
  require: NodeJS.Require;
  entry: string;
  version: string;
  /** The version of tfjs-core that this package will load. */
  core: string;
}

/**
 * Where optional packages are searched for, in this order: the folders in VOUCH_TFJS_NODE, the folders that were set up
 * in the working folder, the folder of vouch, the working folder.
 */
function placesOfPeers(): string[] {
  const named = (process.env[setupVariable] ?? '').split(delimiter).filter((folder) => folder !== '');
  const cwd = process.cwd();
  return [
    ...named,
    ...Object.values(setupFolders).map((folder) => join(cwd, folder)),
    dirname(fileURLToPath(import.meta.url)),
    cwd,
  ];
}

/** Finds an optional package without loading it; undefined if it is in none of the places. */
export function findPeer(specifier: string, places: readonly string[] = placesOfPeers()): Peer | undefined {
  for (const place of places) {
    const from = createRequire(resolve(place, 'peer.js'));
    try {
      const entry = from.resolve(specifier);
      const near = createRequire(entry);
      return {
        require: from,
        entry,
        version: versionOf(from, specifier),
        core: versionOf(near, '@tensorflow/tfjs-core'),
      };
    } catch {
      // It is not in this place. The next one is tried.
    }
  }
  return undefined;
}

function versionOf(from: NodeJS.Require, specifier: string): string {
  try {
    return (from(`${specifier}/package.json`) as { version: string }).version;
  } catch {
    return 'unknown';
  }
}
