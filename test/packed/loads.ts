import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Notes the address of every module that is loaded, a line each, in the file $LOADED. */
const hook = `import { appendFileSync } from 'node:fs';
export async function load(url, context, next) {
  appendFileSync(process.env.LOADED, url + '\\n');
  return next(url, context);
}`;

export interface Loads {
  modules: string[];
  /** npm packages they are of, each once. */
  packages: string[];
}

/** What a Node process with these arguments loads. */
export function loadedBy(cwd: string, args: string[], env: NodeJS.ProcessEnv): Loads {
  const dir = mkdtempSync(join(tmpdir(), 'vouch-loads-'));
  const seen = join(dir, 'loaded');
  const start = `import { register } from 'node:module'; register('data:text/javascript,' + ${JSON.stringify(encodeURIComponent(hook))});`;
  writeFileSync(join(dir, 'start.mjs'), start);
  execFileSync(process.execPath, ['--import', join(dir, 'start.mjs'), ...args], {
    cwd,
    env: { ...env, LOADED: seen },
    stdio: 'pipe',
  });
  const modules = readFileSync(seen, 'utf8').trim().split('\n');
  const packages = new Set(modules.flatMap((url) => url.match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1] ?? []));
  return { modules, packages: [...packages].sort() };
}

/** Bytes of all files of a folder. */
export function bytesIn(dir: string): number {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
