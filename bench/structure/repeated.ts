import type { Source } from './files.js';

/** The lines that are compared: no imports, no comments, no lone brackets. */
function telling(text: string): { line: string; number: number }[] {
  return text
    .replace(/^import[\s\S]*?from '[^']+';$/gm, (all) => all.replace(/[^\n]/g, ''))
    .split('\n')
    .map((line, i) => ({ line: line.trim(), number: i + 1 }))
    .filter(({ line }) => line.length > 3 && !/^(\/\*\*|\*|\/\/)/.test(line));
}

/** Blocks of at least `least` lines that occur in two places, longest first: `file:line = file:line (lines)`. */
export function repeatedBlocks(sources: ReadonlyMap<string, Source>, least: number): string[] {
  const seen = new Map<string, { path: string; at: number }>();
  const lines = new Map([...sources.values()].map(({ path, text }) => [path, telling(text)]));
  const blocks: { text: string; length: number }[] = [];
  for (const [path, own] of lines) {
    for (let at = 0; at + least <= own.length; at++) {
      const key = own
        .slice(at, at + least)
        .map(({ line }) => line)
        .join('\n');
      const first = seen.get(key);
      if (first === undefined) {
        seen.set(key, { path, at });
        continue;
      }
      const other = lines.get(first.path) ?? [];
      let length = least;
      while (other[first.at + length]?.line !== undefined && other[first.at + length].line === own[at + length]?.line)
        length++;
      blocks.push({ text: `${first.path}:${other[first.at].number} = ${path}:${own[at].number} (${length})`, length });
      at += length - 1;
    }
  }
  return blocks.sort((a, b) => b.length - a.length).map(({ text }) => text);
}
