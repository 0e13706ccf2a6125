import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect } from 'vitest';
import { linesMissing, markedBlocks } from './page-blocks.js';

interface Where {
  /** The folder whose `node_modules` holds vouch. */
  user: string;
  /** The repository, for its TypeScript compiler. */
  root: string;
  env: NodeJS.ProcessEnv;
  /** Files that the page assumes, by name. */
  files?: Record<string, string>;
}

/**
 * Does what a page says, in an empty folder: writes the blocks marked `file`, runs those marked `run`, and compares
 * what they print with the blocks marked `prints`. A block marked `run: beside` runs until the end of the page. Gives
 * the folder.
 */
export async function runPage(path: string, { user, root, env, files = {} }: Where): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), 'vouch-page-'));
  symlinkSync(join(user, 'node_modules'), join(dir, 'node_modules'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
  const port = await freePort();
  const beside: ChildProcess[] = [];
  let printed = '';
  const shell = (code: string) => [
    '-euo',
    'pipefail',
    '-c',
    code.replaceAll('8080', `${port}`).replace(/^npx tsc /m, `${join(root, 'node_modules/.bin/tsc')} `),
  ];
  try {
    for (const { mark, code } of markedBlocks(readFileSync(join(root, path), 'utf8'))) {
      if (mark.startsWith('file: ')) writeFileSync(join(dir, mark.slice('file: '.length)), code);
      else if (mark === 'run: beside') {
        beside.push(spawn('bash', shell(code), { cwd: dir, env, detached: true, stdio: 'ignore' }));
        await answering(port);
      } else if (mark.startsWith('run')) {
        const run = spawnSync('bash', shell(code), { cwd: dir, env, encoding: 'utf8' });
        expect(run.status, `${path}: ${code}${run.stdout}${run.stderr}`).toBe(0);
        printed = `${run.stdout}\n${run.stderr}`;
      } else if (mark.startsWith('prints')) {
        expect(
          linesMissing(code, printed, mark.includes('other numbers')),
          `${path} shows, not in:\n${printed}`,
        ).toEqual([]);
      }
    }
  } finally {
    for (const { pid } of beside) if (pid !== undefined) process.kill(-pid, 'SIGTERM');
  }
  return dir;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** Waits until the service answers. */
async function answering(port: number): Promise<void> {
  for (;;) {
    const answer = await fetch(`http://localhost:${port}/openapi.json`).catch(() => null);
    if (answer?.ok) return;
    await setTimeout(100);
  }
}
