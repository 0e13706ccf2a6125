import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

it('docs/api.md describes every name that the library exports, and no others', () => {
  const index = readFileSync(resolve(root, 'index.ts'), 'utf8');
  const page = readFileSync(resolve(root, 'docs/api.md'), 'utf8');
  const names = [...index.matchAll(/^export (?:type )?\{([^}]*)\}/gms)]
    .flatMap(([, list]) => list.split(','))
    .map((name) =>
      name
        .trim()
        .replace(/^type /, '')
        .replace(/^\w+ as /, ''),
    )
    .filter((name) => name !== '');
  const described = [...page.matchAll(/^### (\w+)(?:\\?<.*>)?(?:\(\))?$/gm)].map(([, name]) => name);
  expect(described.sort()).toEqual(names.sort());
});
