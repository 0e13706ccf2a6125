import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');

/** A JSON file of the project. */
export function json(path) {
  return JSON.parse(readFileSync(join(root, path), 'utf8'));
}

/** All packages of the lock file with version, licence, and whether they are for development only. */
export function installed() {
  return Object.entries(json('package-lock.json').packages)
    .filter(([place]) => place !== '')
    .map(([place, { version, license = 'not stated', dev = false, optional = false }]) => ({
      name: place.replace(/^.*node_modules\//, ''),
      version,
      license,
      dev,
      optional,
    }));
}

/** Direct dependencies that are installed with the package, by name. */
export function direct() {
  const { dependencies, optionalDependencies } = json('package.json');
  const packages = json('package-lock.json').packages;
  return Object.keys({ ...dependencies, ...optionalDependencies })
    .sort()
    .map((name) => {
      const { version, license = 'not stated' } = packages[`node_modules/${name}`];
      return {
        name,
        version,
        license,
        brings: brings(packages, name).size,
        bytes: bytesIn(join(root, 'node_modules', name)),
      };
    });
}

/** Names of all packages that a package installs, without itself. */
function brings(packages, name, found = new Set()) {
  const { dependencies = {} } = packages[`node_modules/${name}`] ?? {};
  for (const each of Object.keys(dependencies)) {
    if (found.has(each)) continue;
    found.add(each);
    brings(packages, each, found);
  }
  return found;
}

/** Bytes of a folder, nested packages included; 0 if it does not exist. */
function bytesIn(folder) {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath ?? entry.path, entry.name)).size, 0);
}
