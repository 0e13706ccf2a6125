import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { random } from '../../support/random.js';
import { addVersion } from '../../versions/add.js';
import { listVersions } from '../../versions/list.js';
import { promote, rollback } from '../../versions/promote.js';
import { writeTinyBundle } from '../support/tiny-bundle.js';

/** A process that adds, promotes and rolls back without end, until it is killed. `ready` resolves when it has begun. */
export function switcher(dir: string, seed: number): { ready: Promise<void>; kill(): Promise<void> } {
  const env = { ...process.env, VOUCH_SWITCHER: JSON.stringify({ dir, seed }) };
  const child = fork(fileURLToPath(import.meta.url), { execArgv: ['--import', 'tsx'], env });
  const gone = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  return {
    ready: new Promise((resolve) => child.once('message', () => resolve())),
    kill: () => {
      child.kill('SIGKILL');
      return gone;
    },
  };
}

async function work({ dir, seed }: { dir: string; seed: number }): Promise<void> {
  const draw = random(`switcher ${seed}`);
  for (let n = 0; ; n++) {
    const time = new Date().toISOString();
    const what = draw.int(3);
    if (what === 0) {
      const facts = { how: 'added', parent: null, answers: null, promote: draw.next() < 0.5, time };
      await addVersion(dir, (folder) => writeTinyBundle(folder, { seed: 1000 * seed + n }), facts);
    } else if (what === 1) {
      const all = await listVersions(dir);
      await promote(dir, all[draw.int(all.length)].number, time);
    } else await rollback(dir, time).catch(() => {}); // there may be nothing to go back to
    if (n === 0) process.send!('begun');
  }
}

if (process.env.VOUCH_SWITCHER !== undefined) void work(JSON.parse(process.env.VOUCH_SWITCHER));
