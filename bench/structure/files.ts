import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { type ParseResult, parseSync } from 'oxc-parser';

/** A source file: its path from the root, its text, its syntax tree. */
export interface Source {
  path: string;
  text: string;
  parsed: ParseResult;
}

/** One name that a file imports from another file; `null` for all of its names. */
export interface Use {
  from: string;
  to: string;
  name: string | null;
}

/** Every TypeScript file of the named folders that exist under `root`, by path. */
export function sourcesOf(root: string, folders: readonly string[]): Map<string, Source> {
  const sources = new Map<string, Source>();
  for (const folder of folders.filter((each) => existsSync(join(root, each)))) {
    for (const name of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).sort()) {
      if (!name.endsWith('.ts')) continue;
      const path = join(folder, name);
      sources.set(path, sourceAt(root, path));
    }
  }
  return sources;
}

export function sourceAt(root: string, path: string): Source {
  const text = readFileSync(join(root, path), 'utf8');
  return { path, text, parsed: parseSync(path, text) };
}

/** Every name that a file imports or re-exports from another file, types included. */
export function usesOf({ path, text, parsed: { module } }: Source): Use[] {
  const use = (specifier: string, name: string | null): Use[] =>
    specifier.startsWith('.')
      ? [{ from: path, to: relative('/', resolve('/', dirname(path), specifier)).replace(/\.js$/, '.ts'), name }]
      : [];
  const imports = module.staticImports.flatMap(({ moduleRequest, entries }) =>
    entries.length === 0
      ? use(moduleRequest.value, null)
      : entries.flatMap(({ importName }) => use(moduleRequest.value, importName.name ?? null)),
  );
  const exports = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest, importName }) =>
      moduleRequest === null ? [] : use(moduleRequest.value, importName.name ?? null),
    ),
  );
  const lazy = module.dynamicImports.flatMap(({ moduleRequest: { start, end } }) => {
    const [, specifier] = /^['"](.+)['"]$/.exec(text.slice(start, end)) ?? [];
    return specifier === undefined ? [] : use(specifier, null);
  });
  const types = [...text.matchAll(/\btypeof import\('([^']+)'\)|\bimport\('([^']+)'\)\.(\w+)/g)].flatMap((match) =>
    use(match[1] ?? match[2], match[3] ?? null),
  );
  return [...imports, ...exports, ...lazy, ...types];
}
