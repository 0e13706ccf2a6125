import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** A Python with the pinned packages, in a venv kept under node_modules/.cache so that a second run is quick. */
export function python(name: string, packages: string[]): string {
  const dir = join(root, 'node_modules', '.cache', `venv-${name}`);
  const bin = join(dir, 'bin', 'python');
  const stamp = join(dir, `ready-${packages.join('-').replace(/[^\w.=-]/g, '_')}`);
  if (!existsSync(stamp)) {
    execFileSync('python3', ['-m', 'venv', '--clear', dir], { stdio: 'pipe' });
    execFileSync(bin, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages], {
      stdio: 'pipe',
    });
    execFileSync('touch', [stamp]);
  }
  return bin;
}
