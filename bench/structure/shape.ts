import { dirname } from 'node:path';
import type { Source } from './files.js';

/** Files in each folder, most first. Files of a folder's own folders are not counted. */
export function filesByFolder(sources: ReadonlyMap<string, Source>): [string, number][] {
  const count = new Map<string, number>();
  for (const path of sources.keys()) count.set(dirname(path), (count.get(dirname(path)) ?? 0) + 1);
  return [...count].sort((a, b) => b[1] - a[1]);
}

/** Lines of each file, most first. */
export function linesByFile(sources: ReadonlyMap<string, Source>): [string, number][] {
  return [...sources.values()]
    .map(({ path, text }): [string, number] => [path, text.split('\n').length - 1])
    .sort((a, b) => b[1] - a[1]);
}

/** Functions with a body and more positional parameters than `most`: `file:line name (count)`. */
export function longSignatures({ path, text, parsed }: Source, most: number): string[] {
  const found: string[] = [];
  const visit = (node: unknown, name: string): void => {
    if (Array.isArray(node)) {
      for (const each of node) visit(each, name);
      return;
    }
    if (typeof node !== 'object' || node === null) return;
    const { type, id, key, params, body, start } = node as Record<string, never> & { type?: string; start: number };
    const own = (id as { name?: string } | undefined)?.name ?? (key as { name?: string } | undefined)?.name ?? name;
    if (typeof type === 'string' && /Function/.test(type) && Array.isArray(params) && body != null) {
      const count = (params as unknown[]).length;
      if (count > most) found.push(`${path}:${text.slice(0, start).split('\n').length} ${own} (${count})`);
    }
    for (const child of Object.values(node)) visit(child, own);
  };
  visit(parsed.program, '…');
  return found;
}
