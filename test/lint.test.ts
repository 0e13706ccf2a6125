import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const RULE = './lint/no-call-spread.grit';

/** Numbers of the lines that the rule refuses. */
function refused(lines: string[]): number[] {
  const folder = mkdtempSync(join(tmpdir(), 'vouch-lint-'));
  const config = { plugins: [join(root, RULE)], linter: { rules: { preset: 'none' } } };
  writeFileSync(join(folder, 'biome.json'), JSON.stringify(config));
  writeFileSync(join(folder, 'sample.ts'), `${lines.join('\n')}\n`);
  const { stdout, stderr } = spawnSync(join(root, 'node_modules/.bin/biome'), ['lint', '.'], {
    cwd: folder,
    encoding: 'utf8',
  });
  rmSync(folder, { recursive: true });
  return [...`${stdout}${stderr}`.matchAll(/sample\.ts:(\d+):/g)].map(([, line]) => Number(line));
}

describe('lint: no spread in a call', () => {
  it('refuses code that overflows the stack on long arrays, and nothing else', () => {
    const lines = [
      'Math.max(...a);', // 1: refused
      'b.push(0, ...a);', // 2: refused
      'String.fromCharCode.apply(null, a);', // 3: refused
      'f([...a]);',
      'f({ ...o });',
      'f(() => [...a]);',
      'new Map(...a);', // 7: refused
      'calibrator.apply(parameters, logits);',
    ];
    expect(refused(lines)).toEqual([1, 2, 3, 7]);
  });

  it('holds for all that ships', () => {
    const { plugins } = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8')) as {
      plugins: { path: string; includes: string[] }[];
    };
    const rule = plugins.find(({ path }) => path === RULE);
    expect(rule?.includes).toEqual(['**/*.ts', '!**/test/**', '!**/bench/**', '!**/examples/**']);
  });
});
