import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** The clients of the Open Inference Protocol, and KServe's own classes. */
export const oipClients = () => python('oip', ['tritonclient[http]==2.73.0', 'kserve==0.21.0']);
/** The SDKs whose requests the gateway answers. */
export const sdks = () => python('sdks', ['openai==3.57.0', 'anthropic==2.14.0']);

/** A Python with the pinned packages, in a venv kept under node_modules/.cache so that a second run is quick. */
export function python(name: string, packages: string[]): string {
  const dir = join(root, 'node_modules', '.cache', `venv-${name}`);
  const bin = join(dir, 'bin', 'python');
  const stamp = join(dir, `ready-${packages.join('-').replace(/[^\w.=-]/g, '_')}`);
  if (existsSync(stamp)) return bin;
  mkdirSync(join(root, 'node_modules', '.cache'), { recursive: true });
  const lock = `${dir}.lock`;
  const until = Date.now() + 600_000;
  while (!taken(lock) && Date.now() < until) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  try {
    if (existsSync(stamp)) return bin;
    execFileSync('python3', ['-m', 'venv', '--clear', dir], { stdio: 'pipe' });
    execFileSync(bin, ['-m', 'pip', 'install', '--quiet', '--no-compile', '--disable-pip-version-check', ...packages], {
      stdio: 'pipe',
    });
    execFileSync('touch', [stamp]);
    return bin;
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

/** Whether this process has the lock now: two test files may want the same venv at once. */
function taken(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
}
