import { expect, it } from 'vitest';
import { devicePool } from '../../../../train/learn/pool/device-pool.js';
import type { Job } from '../../../../train/learn/pool/jobs.js';
import type { Pool } from '../../../../train/learn/pool/pool.js';
import type { Sheet } from '../../../../train/learn/sheet.js';

it('does trees and words in threads, all else on the device, and closes both', async () => {
  const done: string[] = [];
  const named = (name: string): Pool => ({
    run: async (_, job) => {
      done.push(`${name} ${job.kind}`);
      return {} as never;
    },
    close: async () => {
      done.push(`${name} closed`);
    },
  });
  const pool = devicePool(named('device'), named('threads'));
  for (const kind of ['words', 'embeddings', 'linear', 'network', 'trees']) {
    await pool.run({} as Sheet, { kind } as Job);
  }
  await pool.close();
  expect(done).toEqual([
    'threads words',
    'device embeddings',
    'device linear',
    'device network',
    'threads trees',
    'device closed',
    'threads closed',
  ]);
});
