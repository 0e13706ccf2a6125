import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Source } from './files.js';

/**
 * A word that the glossary replaces, the term that replaces it, and the folders where it does (all if none is named).
 */
interface Replaced {
  word: string;
  /** Whether only names of types that end in it count. */
  endsTypes: boolean;
  term: string;
  folders: string[];
}

/** The words that the glossary of ARCHITECTURE.md replaces, from the last column of its table. */
export function wordsReplaced(architecture: string): Replaced[] {
  const [, glossary = ''] = architecture.split(/^## Glossary$/m);
  const rows = [...glossary.split(/^## /m)[0].matchAll(/^\| ([^|]+) \|.*\| ([^|]+) \|$/gm)];
  return rows.flatMap(([, term, words]) =>
    [...words.matchAll(/`(…?)(\w+)`(?: \(([^)]+)\))?/g)].map(([, ends, word, folders]) => ({
      word,
      endsTypes: ends !== '',
      term: term.trim(),
      folders: folders?.split(', ') ?? [],
    })),
  );
}

/** Identifiers that contain a word that the glossary replaces, as `file identifier → term`, each once per file. */
export function replacedTerms(sources: ReadonlyMap<string, Source>, root: string): string[] {
  const page = join(root, 'ARCHITECTURE.md');
  const replaced = wordsReplaced(existsSync(page) ? readFileSync(page, 'utf8') : '');
  const found = new Set<string>();
  for (const { path, text } of sources.values()) {
    const own = replaced.filter(({ folders }) => folders.length === 0 || folders.some((f) => path.startsWith(`${f}/`)));
    const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$|'[^'\n]*'/gm, '');
    for (const [identifier] of code.matchAll(/\b[A-Za-z_$][\w$]*\b/g)) {
      const parts = identifier.split(/(?=[A-Z])|_/);
      for (const { word, endsTypes, term } of own) {
        const is = endsTypes
          ? /^[A-Z]/.test(identifier) && parts.length > 1 && parts.at(-1) === word
          : parts.some((part) => part.toLowerCase() === word);
        if (is) found.add(`${path} ${identifier} → ${term}`);
      }
    }
  }
  return [...found];
}
