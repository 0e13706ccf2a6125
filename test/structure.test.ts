import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/** What each room may use; see ARCHITECTURE.md. */
const rooms: Record<string, string[]> = {
  support: [],
  data: ['support'],
  metrics: ['support'],
  features: ['data', 'support'],
  models: ['features', 'data', 'support'],
  scorer: ['features', 'data', 'models', 'support'],
  report: ['models', 'scorer', 'metrics', 'features', 'data', 'support'],
  train: ['report', 'models', 'scorer', 'metrics', 'features', 'data', 'support'],
  adapt: ['report', 'train', 'models', 'scorer', 'metrics', 'features', 'data', 'support'],
  serve: ['scorer', 'metrics', 'features', 'data', 'models', 'support'],
  scripts: ['report', 'train', 'adapt', 'serve', 'scorer', 'models', 'metrics', 'features', 'data', 'support'],
};

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
  it.each(Object.keys(rooms))('%s imports only what it may', (room) => {
    const wrong: string[] = [];
    for (const file of sources(room)) {
      for (const { specifier } of imports(file)) {
        if (!specifier.startsWith('.')) continue;
        const target = relative(root, resolve(dirname(file), specifier)).split('/')[0];
        if (target !== room && !rooms[room].includes(target)) wrong.push(`${relative(root, file)} → ${specifier}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('tfjs is loaded in train/ only, onnxruntime in scorer/ only, arquero in features/table.ts only', () => {
    const wrong: string[] = [];
    for (const room of Object.keys(rooms)) {
      for (const file of sources(room)) {
        for (const { specifier, typeOnly } of imports(file)) {
          if (typeOnly) continue;
          const place = relative(root, file);
          if (specifier.startsWith('@tensorflow/') && room !== 'train') wrong.push(`${place} → ${specifier}`);
          if (specifier === 'onnxruntime-node' && room !== 'scorer') wrong.push(`${place} → ${specifier}`);
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
