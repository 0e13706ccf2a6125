import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { linesMissing, markedBlocks } from '../packed/page-blocks.js';

const root = resolve(import.meta.dirname, '../..');
const dir = mkdtempSync(join(tmpdir(), 'vouch-policy-page-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** `npx vouch` runs the command line of this checkout. */
function npxHere(): string {
  const bin = join(dir, 'bin');
  mkdirSync(bin);
  const tsx = join(root, 'node_modules/.bin/tsx');
  writeFileSync(join(bin, 'npx'), `#!/bin/sh\nshift\nexec "${tsx}" "${join(root, 'scripts/vouch.ts')}" "$@"\n`, {
    mode: 0o755,
  });
  return bin;
}

it('docs/policy.md: its blocks run in an empty folder, and print what it shows', () => {
  const env = { ...process.env, PATH: `${npxHere()}:${process.env.PATH}` };
  let printed = '';
  let shown = 0;
  for (const { mark, code } of markedBlocks(readFileSync(join(root, 'docs/policy.md'), 'utf8'))) {
    if (mark.startsWith('file: ')) writeFileSync(join(dir, mark.slice('file: '.length)), code);
    else if (mark === 'run') {
      const run = spawnSync('sh', ['-ec', code], { cwd: dir, env, encoding: 'utf8' });
      expect(run.status, run.stderr).toBe(0);
      printed = `${run.stderr}\n${run.stdout}`;
    } else {
      expect(linesMissing(code, printed, false), printed).toEqual([]);
      shown++;
    }
  }
  expect(shown).toBe(3);
  expect(readFileSync(join(dir, 'policy/report.html'), 'utf8')).toContain('<svg');
});
