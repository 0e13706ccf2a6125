import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { readBundle } from '../../models/bundle/read.js';
import { random } from '../../support/random.js';
import { addVersion } from '../../versions/add.js';
import { listVersions } from '../../versions/list.js';
import { temporary } from '../data/temporary.js';
import { writeTinyBundle } from '../support/tiny-bundle.js';
import { switcher } from './switcher.js';

/** Kills; the table of a release is made with 100. */
const KILLS = Number(process.env.VOUCH_KILLS ?? 12);

const { folder } = temporary();

it(`${KILLS} kills while versions are added and switched: what is served is whole and in the lineage at any moment`, async () => {
  const dir = join(folder, 'versions');
  const draw = random('kills');
  const facts = { how: 'added', parent: null, answers: null, promote: false, time: new Date().toISOString() };
  await addVersion(dir, (to) => writeTinyBundle(to, { seed: 1 }), facts);
  let reads = 0;
  let isGoing = true;
  const reader = (async () => {
    while (isGoing) {
      await readBundle(join(dir, 'current')); // throws if a half-written version is served
      reads++;
      await sleep(5);
    }
  })();
  for (let n = 1; n <= KILLS; n++) {
    const child = switcher(dir, n);
    await child.ready;
    await sleep(300 * draw.next());
    await child.kill();
    const versions = await listVersions(dir);
    for (const { number, digest } of versions) {
      expect((await readBundle(join(dir, String(number)))).digest).toBe(digest);
    }
    const served = (await readBundle(join(dir, 'current'))).digest;
    expect(versions.filter(({ state }) => state === 'champion').map(({ digest }) => digest)).toEqual([served]);
  }
  isGoing = false;
  await reader;
  expect(reads).toBeGreaterThan(KILLS);
  const before = (await listVersions(dir)).length;
  const { version } = await addVersion(dir, (to) => writeTinyBundle(to, { seed: 2 }), facts);
  expect(version.number).toBe(before + 1);
  expect(before).toBeGreaterThan(2);
});
