import { createRequire } from 'node:module';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folders `vouch setup-tfjs` fills when no other is named, inside the project that uses vouch. */
export const setupFolders = { cpu: join('.vouch', 'tfjs-node'), gpu: join('.vouch', 'tfjs-node-gpu') } as const;

/** The environment variable that names folders filled by `vouch setup-tfjs --dir`. */
export const setupVariable = 'VOUCH_TFJS_NODE';

/** An optional package found: its entry file and the versions that have to fit ours. */
interface Peer {
  /** Loads a CommonJS package the way its own folder would. */
  require: NodeJS.Require;
  entry: string;
  version: string;
  /** The tfjs-core this package will load. */
  core: string;
}

/**
 * Where optional packages are looked for: what VOUCH_TFJS_NODE names, what was set up here, beside vouch, the working
 * folder.
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

/** Finds an optional package without loading it; undefined where no place holds it. */
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
      // Not in this place: the next one may hold it.
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
