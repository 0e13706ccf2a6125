import type { Source, Use } from './files.js';

/**
 * Exported names that no other file imports, as `file name`. Entry points are left out. Names that only tests import
 * are included.
 */
export function unusedExports(
  sources: ReadonlyMap<string, Source>,
  uses: readonly Use[],
  isEntry: (path: string) => boolean,
): string[] {
  const taken = new Map<string, Set<string | null>>();
  for (const { to, name } of uses) taken.set(to, (taken.get(to) ?? new Set()).add(name));
  return [...sources.values()].flatMap(({ path, parsed: { module } }) => {
    const names = taken.get(path) ?? new Set();
    if (isEntry(path) || names.has(null)) return [];
    const exported = module.staticExports.flatMap(({ entries }) =>
      entries.filter(({ moduleRequest }) => moduleRequest === null).map(({ exportName }) => exportName.name),
    );
    return exported.filter((name) => name !== null && !names.has(name)).map((name) => `${path} ${name}`);
  });
}
