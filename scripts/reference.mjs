/**
 * Writes the reference of the library from its doc comments: `node scripts/reference.mjs FOLDER` writes FOLDER/api.md
 * (`npm run reference` writes docs/api.md). TypeDoc comes from its own lock file, scripts/reference, into a folder that
 * is removed afterwards: it needs a TypeScript that is older than the project's.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { root } from './supply/facts.mjs';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: node scripts/reference.mjs FOLDER');
const own = join(root, 'scripts/reference');
const scratch = mkdtempSync(join(tmpdir(), 'vouch-reference-'));
const installed = (name) => join(scratch, 'node_modules', name);
try {
  for (const file of ['package.json', 'package-lock.json']) copyFileSync(join(own, file), join(scratch, file));
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: scratch, stdio: ['ignore', 'ignore', 'inherit'] });
  const options = ['--options', join(own, 'typedoc.json'), '--tsconfig', join(own, 'tsconfig.json')];
  const plugin = ['--plugin', installed('typedoc-plugin-markdown/dist/index.js')];
  const out = ['--out', join(scratch, 'out')];
  execFileSync(process.execPath, [installed('typedoc/bin/typedoc'), ...options, ...plugin, ...out], {
    cwd: own,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  copyFileSync(join(scratch, 'out/api.md'), join(resolve(folder), 'api.md'));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
