import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** Packages that a file loads when it is imported, by itself or by what it imports; types and `import()` load nothing. */
function loadedBy(file: string, seen = new Map<string, string[]>(), way: string[] = []): Map<string, string[]> {
  const text = readFileSync(file, 'utf8');
  const imports = /^(?:import|export)\s+(?:([^;'"=]*?)\s+from\s+)?'([^']+)'/gm;
  for (const [, names = '', specifier] of text.matchAll(imports)) {
    const listed =
      /^{([^}]*)}$/s
        .exec(names)?.[1]
        .split(',')
        .map((name) => name.trim()) ?? [];
    const isType =
      names.startsWith('type ') || (listed.length > 0 && listed.every((name) => /^(type .*)?$/s.test(name)));
    if (isType) continue;
    const target = specifier.startsWith('.') ? resolve(dirname(file), specifier.replace(/\.js$/, '.ts')) : specifier;
    if (seen.has(target)) continue;
    const path = [...way, relative(root, file)];
    seen.set(target, path);
    if (specifier.startsWith('.') && existsSync(target)) loadedBy(target, seen, path);
  }
  return seen;
}

it("import 'vouch' loads no tfjs, no onnxruntime and no part of the report; a call does", () => {
  const all = [...loadedBy(join(root, 'index.ts'))];
  expect(all.length).toBeGreaterThan(100);
  const heavy = all.filter(([name]) =>
    /^(@tensorflow|onnxruntime|arquero|@observablehq|linkedom|fastify|commander)/.test(name),
  );
  expect(heavy).toEqual([]);
  const training = [...loadedBy(join(root, 'library/training-run.ts')).keys()];
  expect(training).toContain('@tensorflow/tfjs-core');
  expect(training).toContain('onnxruntime-node');
});
