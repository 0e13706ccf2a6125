import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cyclesOf } from '../bench/structure/cycles.js';
import { deadExports, unusedExports } from '../bench/structure/exports.js';
import { sourceAt, sourcesOf, usesOf } from '../bench/structure/files.js';
import { filesByFolder, linesByFile } from '../bench/structure/shape.js';

const root = resolve(import.meta.dirname, '..');

const page = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');

/** What each room may use: the lines of the drawing in ARCHITECTURE.md, `room ─► rooms`. */
const rooms: Record<string, string[]> = Object.fromEntries(
  [...(/## Rooms and arrows[\s\S]*?```\n([\s\S]*?)```/.exec(page)?.[1] ?? '').matchAll(/^(\w+)(?:\s+─► (.+))?$/gm)].map(
    ([, room, used = '']) => [room, used.split(' ').filter(Boolean)],
  ),
);

/** A room that holds nothing yet is no folder in a clone. */
function sources(room: string): string[] {
  if (!existsSync(join(root, room))) return [];
  return readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(root, room, name));
}

function imports(file: string): { specifier: string; typeOnly: boolean }[] {
  const text = readFileSync(file, 'utf8');
  return [
    ...text.matchAll(
      /(import|export)\s+(type\s+)?[^;'"]*?from\s+'([^']+)'|import\s*\(\s*'([^']+)'|import\s+'([^']+)'/g,
    ),
  ].map((match) => ({ specifier: match[3] ?? match[4] ?? match[5], typeOnly: match[2] !== undefined }));
}

describe('dependencies point one way', () => {
  it.each(Object.keys(rooms))('%s imports what the drawing says, no more and no less', (room) => {
    const used = new Map<string, string>();
    for (const file of sources(room)) {
      for (const { specifier } of imports(file)) {
        if (!specifier.startsWith('.')) continue;
        const target = relative(root, resolve(dirname(file), specifier)).split('/')[0];
        if (target !== room) used.set(target, `${relative(root, file)} → ${specifier}`);
      }
    }
    const wrong = [...used].filter(([target]) => !rooms[room].includes(target)).map(([, arrow]) => arrow);
    expect(wrong).toEqual([]);
    expect([...used.keys()].sort()).toEqual([...rooms[room]].sort());
  });

  it('draws every room that ships', () => {
    const shipped = JSON.parse(readFileSync(join(root, 'tsconfig.build.json'), 'utf8')).include as string[];
    expect(Object.keys(rooms).sort()).toEqual(shipped.filter((name) => name !== 'index.ts').sort());
  });

  it('has no circle of imports, types included', () => {
    const all = sourcesOf(root, Object.keys(rooms));
    const edges = new Map([...all.keys()].map((path) => [path, new Set<string>()]));
    for (const { from, to } of [...all.values()].flatMap(usesOf)) {
      if (all.has(to) && from !== to) edges.get(from)?.add(to);
    }
    expect(cyclesOf(edges)).toEqual([]);
  });

  it('has at most 25 files in a folder, and says at its top why a file has over 300 lines', () => {
    const all = sourcesOf(root, Object.keys(rooms));
    expect(filesByFolder(all).filter(([, count]) => count > 25)).toEqual([]);
    const long = linesByFile(all).filter(([, lines]) => lines > 300);
    const says = (path: string) => /over 300 lines because/i.test(all.get(path)?.text.split('\n', 12).join('\n') ?? '');
    expect(long.filter(([path]) => !says(path))).toEqual([]);
  });

  it('exports only what another file uses, and nothing that only tests use', () => {
    const all = sourcesOf(root, Object.keys(rooms));
    const shipped = [...[...all.values()].flatMap(usesOf), ...usesOf(sourceAt(root, 'index.ts'))];
    const others = [...sourcesOf(root, ['test', 'bench', 'examples', 'lint']).values()].flatMap(usesOf);
    expect(unusedExports(all, [...shipped, ...others])).toEqual([]);
    expect(deadExports(all, unusedExports(all, shipped))).toEqual([]);
  });

  it('names in ARCHITECTURE.md only files and folders that exist', () => {
    const paths = [...page.matchAll(/`([\w-]+(?:\/[\w.-]+)*\/?(?:\.(?:ts|md))?)`/g)].map(([, path]) => path);
    const named = paths.filter((path) => /^\w+\/.*\.ts$/.test(path));
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('tfjs is loaded in train/ only, onnxruntime in scorer/ and meaning/ only, arquero in features/table.ts only', () => {
    const wrong: string[] = [];
    for (const room of Object.keys(rooms)) {
      for (const file of sources(room)) {
        for (const { specifier, typeOnly } of imports(file)) {
          if (typeOnly) continue;
          const place = relative(root, file);
          if (specifier.startsWith('@tensorflow/') && room !== 'train') wrong.push(`${place} → ${specifier}`);
          if (specifier === 'onnxruntime-node' && !['scorer', 'meaning'].includes(room))
            wrong.push(`${place} → ${specifier}`);
          if (specifier === 'arquero' && place !== 'features/table.ts') wrong.push(`${place} → ${specifier}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('has no barrels inside', () => {
    const inside = Object.keys(rooms)
      .flatMap(sources)
      .map((file) => relative(root, file))
      .filter((file) => file.endsWith('/index.ts') && file !== 'scorer/index.ts');
    expect(inside).toEqual([]);
  });
});
