import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Source } from './files.js';

/** Words that the glossary of ARCHITECTURE.md replaces, from the last column of its table, by the term to use. */
export function wordsReplaced(architecture: string): Map<string, string> {
  const replaced = new Map<string, string>();
  const [, glossary = ''] = architecture.split(/^## Glossary$/m);
  for (const [, term, words] of glossary.split(/^## /m)[0].matchAll(/^\| ([^|]+) \|.*\| ([^|]+) \|$/gm)) {
    for (const [, word] of words.matchAll(/`(\w+)`/g)) replaced.set(word, term.trim());
  }
  return replaced;
}

/** Identifiers made with a word that the glossary replaces, as `file identifier → term`, each once in a file. */
export function replacedTerms(sources: ReadonlyMap<string, Source>, root: string): string[] {
  const page = join(root, 'ARCHITECTURE.md');
  const replaced = wordsReplaced(existsSync(page) ? readFileSync(page, 'utf8') : '');
  const found = new Set<string>();
  for (const { path, text } of sources.values()) {
    const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$|'[^'\n]*'/gm, '');
    for (const [identifier] of code.matchAll(/\b[A-Za-z_$][\w$]*\b/g)) {
      for (const part of identifier.split(/(?=[A-Z])|_/)) {
        const term = replaced.get(part.toLowerCase());
        if (term !== undefined) found.add(`${path} ${identifier} → ${term}`);
      }
    }
  }
  return [...found];
}
