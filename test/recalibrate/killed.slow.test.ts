import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { readBundle } from '../../models/bundle/read.js';
import { random } from '../../support/random.js';
import { addVersion } from '../../versions/add.js';
import { copyBundle } from '../../versions/copy-bundle.js';
import { listVersions } from '../../versions/list.js';
import { promote } from '../../versions/promote.js';
import { temporary } from '../data/temporary.js';
import { freshAnswers, labelled, trainSmall } from './fresh.js';
import { recalibrating } from './recalibrating.js';

/** Kills; the table in bench/RESULTS.md is of 100. */
const KILLS = Number(process.env.VOUCH_KILLS ?? 4);
const { folder, put } = temporary();

it(
  `${KILLS} kills while it recalibrates and switches: the version in service is whole and in the lineage`,
  async () => {
    const model = join(folder, 'model');
    const scorer = await trainSmall(model);
    const fresh = await freshAnswers(scorer, { questions: 300, seed: 20 }, (z) => z - 1.5);
    const file = put('fresh.jsonl', fresh.map((row) => `${JSON.stringify(labelled(row))}\n`).join(''));
    await scorer.close();
    const versions = join(folder, 'versions');
    const facts = { how: 'trained', parent: null, answers: null, promote: true, time: new Date().toISOString() };
    await addVersion(versions, (to) => copyBundle(model, to), facts);
    const draw = random('kills of recalibrate');
    let longest = 0;
    for (let n = 0; n <= KILLS; n++) {
      const child = recalibrating(versions, file);
      await child.begun;
      const began = performance.now();
      if (n === 0) {
        await child.once; // the first is whole, and tells how long one takes
        longest = performance.now() - began;
      } else await sleep(1.1 * longest * draw.next());
      expect(await child.kill()).toBe(true);
      const all = await listVersions(versions);
      for (const { number, digest } of all) {
        expect((await readBundle(join(versions, String(number)))).digest).toBe(digest);
      }
      const served = (await readBundle(join(versions, 'current'))).digest;
      expect(all.filter(({ state }) => state === 'champion').map(({ digest }) => digest)).toEqual([served]);
      // the same labels can repair the first version again, but not one that has seen them
      await promote(versions, 1, new Date().toISOString());
    }
    expect((await listVersions(versions)).length).toBeGreaterThan(1);
  },
  900_000 + KILLS * 60_000,
);
