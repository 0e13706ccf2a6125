import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect } from 'vitest';
import { env, root } from './install.js';
import { linesMissing, markedBlocks } from './page-blocks.js';

interface How {
  /** Trains one small logistic regression, instead of the defaults that the page uses: a twentieth of the time. */
  isQuick: boolean;
}

/** Options of quick trainings. */
export const QUICK = {
  ...{ learners: ['logistic'], patternLearners: ['logistic'], penalties: [10], adaptive: [0], sliceStrengths: [16] },
  ...{ words: { length: 0, buckets: 1 }, folds: 3, resamples: 60 },
};

/** A block of a page whose trainings take the quick options. */
export function quickened(code: string): string {
  return code
    .replaceAll('npx vouch train ', 'npx vouch train --config quick.json ')
    .replace(/\btrain\('[^']+', \{/g, (call) => `${call} ...${JSON.stringify(QUICK)},`);
}

/**
 * Does what a page says, in an empty folder: writes the blocks marked `file`, runs those marked `run`, and compares
 * what they print with the blocks marked `prints`. A block marked `run: beside` runs until the end of the page. Gives
 * the folder. `user`: the folder whose `node_modules` holds vouch.
 */
export async function runPage(path: string, user: string, { isQuick }: How): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), 'vouch-page-'));
  symlinkSync(join(user, 'node_modules'), join(dir, 'node_modules'));
  if (isQuick) writeFileSync(join(dir, 'quick.json'), JSON.stringify(QUICK));
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
    for (const { mark, code: shown } of markedBlocks(readFileSync(join(root, path), 'utf8'))) {
      const code = isQuick ? quickened(shown) : shown;
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
