import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type ServingFlags, servingOptions } from '../../scripts/flags/serving.js';

const dir = mkdtempSync(join(tmpdir(), 'vouch-dashboard-flags-'));
afterAll(() => rmSync(dir, { recursive: true }));
const keys = join(dir, 'keys');
writeFileSync(keys, 'first acme\nsecond *\nthird\n');

function optionsWith(more: Partial<ServingFlags>) {
  const flags = { model: 'm', host: '127.0.0.1', port: 0, storeQueue: 10, ...more } as ServingFlags;
  return servingOptions(flags);
}

describe('flags of the dashboard', () => {
  it('say who sees what, and where the monitor writes', async () => {
    const more = {
      store: 'a.db',
      apiKeyFile: keys,
      dashboard: true,
      dashboardKeys: keys,
      monitorState: 's.json',
      reviewQueue: 'q.csv',
    };
    const { dashboard } = await optionsWith(more);
    expect(dashboard).toEqual({
      keys: [
        { key: 'first', tenant: 'acme' },
        { key: 'second', tenant: '*' },
        { key: 'third', tenant: '' },
      ],
      monitorState: 's.json',
      queue: 'q.csv',
    });
    expect((await optionsWith({ store: 'a.db' })).dashboard).toBeUndefined();
    expect((await optionsWith({ store: 'a.db', dashboard: true })).dashboard?.keys).toEqual([]);
  });

  it.each([
    ['without a store', { dashboard: true }, '--dashboard'],
    ['without a key, if clients have keys', { dashboard: true, store: 'a.db', apiKeyFile: keys }, '--dashboard'],
    [
      'without a key, if senders of feedback have keys',
      { dashboard: true, store: 'a.db', feedbackKeys: keys },
      '--dashboard',
    ],
    ['without a key, if others can reach it', { dashboard: true, store: 'a.db', host: '0.0.0.0' }, '--dashboard'],
    ['if --dashboard is absent', { store: 'a.db', reviewQueue: 'q.csv' }, 'reviewQueue'],
  ])('are refused %s', async (_, more, field) => {
    await expect(optionsWith(more)).rejects.toMatchObject({ code: 'BAD_USAGE', detail: { field } });
  });
});
