import type { Source, Use } from './files.js';

/** Files whose exports are taken from outside: entry points, kernels in AssemblyScript, and what writes pages. */
export function isEntry(path: string): boolean {
  return (
    path.startsWith('scripts/') ||
    path === 'scorer/index.ts' ||
    path.includes('/assembly/') ||
    ['data/read/formats/page/document.ts', 'features/sections/page.ts'].includes(path) ||
    ['report/page/evidence-page.ts', 'report/page/metrics-page.ts', 'support/errors/page.ts'].includes(path)
  );
}

/** Exported names, as `file name`, that none of `uses` takes from another file. Entry points are left out. */
export function unusedExports(sources: ReadonlyMap<string, Source>, uses: readonly Use[]): string[] {
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

/** Of these exports, as `file name`, those that their own file does not use either: dead code. */
export function deadExports(sources: ReadonlyMap<string, Source>, unused: readonly string[]): string[] {
  return unused.filter((place) => {
    const [path, name] = place.split(' ');
    const { text, parsed } = sources.get(path)!;
    const code = parsed.comments.reduceRight((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text);
    return [...code.matchAll(new RegExp(`\\b${name}\\b`, 'g'))].length < 2;
  });
}
