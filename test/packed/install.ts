import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { isBuilt } from '../support/cli.js';

export const root = resolve(import.meta.dirname, '../..');

/** What users behind a firewall set: the CPU library is in onnxruntime-node's package already. */
export const env = { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip', NO_COLOR: '1' };

/** Builds both packages, unless npm has just done so. */
export function build(): void {
  if (isBuilt) return;
  execFileSync('npm', ['run', 'build'], { cwd: root, stdio: 'pipe' });
}

/** Packs the package in a folder and installs it into an empty folder, as its user would. Returns that folder. */
export function installPacked(folder: string, name: string): string {
  const to = mkdtempSync(join(tmpdir(), 'vouch-tarballs-'));
  const said = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', to], {
    cwd: folder,
    env,
  });
  const tarball = join(to, (JSON.parse(said.toString()) as { filename: string }[])[0].filename);
  const dir = mkdtempSync(join(tmpdir(), `vouch-${name}-`));
  writeFileSync(join(dir, 'package.json'), '{"name":"user","private":true,"type":"module"}');
  execFileSync('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', tarball], {
    cwd: dir,
    env,
    stdio: 'pipe',
  });
  return dir;
}
