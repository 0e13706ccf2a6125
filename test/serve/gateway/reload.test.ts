import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { digestAt } from '../../../models/bundle/read.js';
import { question, replay, standing, useGateways } from '../../support/standing-gateway.js';
import { writeTinyBundle } from '../../support/tiny-bundle.js';

useGateways();

it('serves a bundle that took the place of another, by its digest, without a failed request', async () => {
  const dir = join(mkdtempSync(join(tmpdir(), 'vouch-reload-')), 'bundle');
  const digests: string[] = [];
  const put = async (seed: number) => {
    await writeTinyBundle(dir, { seed });
    digests.push((await digestAt(dir))!.slice(0, 12));
  };
  await put(1);
  const { post } = await standing(replay, { watch: 0.02 }, dir);
  const seen = new Set<string>();
  const statuses = new Set<number>();
  let latest = '';
  let going = true;
  const lane = async () => {
    while (going) {
      const reply = await post(question);
      statuses.add(reply.status);
      const { vouch } = (await reply.json()) as { vouch: { scored: boolean; bundle: string } };
      expect(vouch.scored).toBe(true);
      latest = vouch.bundle;
      seen.add(latest);
    }
  };
  const lanes = [lane(), lane(), lane()];
  const served = () => expect.poll(() => latest, { timeout: 60_000 }).toBe(digests.at(-1));
  await served();
  for (const seed of [2, 3]) {
    await put(seed);
    await served();
  }
  going = false;
  await Promise.all(lanes);
  expect(new Set(digests).size).toBe(3);
  expect([...seen].sort()).toEqual([...digests].sort());
  expect([...statuses]).toEqual([200]);
});
