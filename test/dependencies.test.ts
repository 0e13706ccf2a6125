import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const json = <T>(path: string) => JSON.parse(readFileSync(join(root, path), 'utf8')) as T;
type Named = Record<string, string>;

const { dependencies, optionalDependencies } = json<{ dependencies: Named; optionalDependencies: Named }>(
  'package.json',
);
const { packages } = json<{ packages: Record<string, { license?: string }> }>('package-lock.json');
const versions: Named = { ...dependencies, ...optionalDependencies };

describe('docs/dependencies.md (node scripts/dependencies.mjs writes it)', () => {
  const rows = readFileSync(join(root, 'docs/dependencies.md'), 'utf8')
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter(([, name]) => name in versions);

  it('lists every direct dependency with its version, licence, reason and what it can touch', () => {
    const listed = rows.map(([, name, version, , license, , , why, touches]) => ({
      name,
      version,
      license,
      said: why.length > 0 && touches.length > 0,
    }));
    const wanted = Object.keys(versions)
      .sort()
      .map((name) => ({
        name,
        version: versions[name],
        license: packages[`node_modules/${name}`].license,
        said: true,
      }));
    expect(listed).toEqual(wanted);
  });

  it('knows a licence of every package of the tree', () => {
    const bare = Object.entries(packages).filter(([place, { license }]) => place !== '' && license === undefined);
    expect(bare.map(([place]) => place)).toEqual([]);
  });
});
