import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readBundle } from '../../../../models/bundle/read.js';
import { ownBundle, sharedBundle } from '../../../../scorer/batch/threads/shared-bundle.js';
import { openBundle } from '../../../../scorer/open.js';
import { temporary } from '../../../data/temporary.js';
import { writeTinyBundle } from '../../../support/tiny-bundle.js';

const { folder } = temporary();

it('a bundle in a thread scores as where it was read, even if its folder changes', async () => {
  const dir = join(folder, 'bundle');
  await writeTinyBundle(dir);
  const bundle = await readBundle(dir);
  const handed = structuredClone(sharedBundle(bundle));
  rmSync(dir, { recursive: true });
  expect([...handed.files.values()].map(({ buffer }) => buffer)).toEqual([
    expect.any(SharedArrayBuffer),
    expect.any(SharedArrayBuffer),
  ]);
  const [here, there] = [await openBundle(bundle), await openBundle(ownBundle(handed))];
  const record = { id: 'a', prompt: 'Why?', answer: 'Because it is so.' };
  const score = await there.scorer.score(record);
  expect(score).toEqual(await here.scorer.score(record));
  expect(score.bundle).toBe(bundle.digest.slice(0, 12));
  await Promise.all([here.scorer.close(), there.scorer.close()]);
});
