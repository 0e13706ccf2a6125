import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { verifyChain } from '../../../store/chain/verify.js';
import { countsOf, recounted } from '../rollup/counts.js';
import { freshPath, freshStore } from '../rows.js';

const ROUNDS = 10;

it('loses no accepted feedback when the process is killed, and the chain stays whole', async () => {
  const place = freshPath();
  const accepted: string[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const key of await killed(place, `r${round}`, 5 + 13 * round)) accepted.push(key);
  }
  const store = await freshStore(place);
  const rows = await store.db.selectFrom('vouch_feedback').select(['key', 'scored']).execute();
  const kept = new Map(rows.map(({ key, scored }) => [key, scored]));
  expect(accepted.length).toBeGreaterThan(ROUNDS * 5);
  expect(accepted.filter((key) => kept.get(key) == null)).toEqual([]);
  expect((await verifyChain(store)).findings).toEqual([]);
  expect(await countsOf(store)).toEqual(await recounted(store));
});

/** Runs `hammer.ts` until it has had so many feedbacks accepted, and kills it. Returns the accepted keys. */
function killed(place: string, prefix: string, after: number): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const args = ['--import', 'tsx', join(import.meta.dirname, 'hammer.ts'), place, prefix];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk;
      if (text.split('\n').length > after) child.kill('SIGKILL');
    });
    child.on('error', reject);
    child.on('close', () => resolve(text.split('\n').slice(0, -1)));
  });
}
