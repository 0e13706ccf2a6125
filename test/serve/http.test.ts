import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { keysOf, readKeys } from '../../serve/http/keys.js';
import { rateOf } from '../../serve/http/rate.js';

const dir = mkdtempSync(join(tmpdir(), 'vouch-http-'));
afterAll(() => rmSync(dir, { recursive: true }));

describe('keys', () => {
  const keys = keysOf(['old', 'new']);

  it('takes any of them, as a bearer token or x-api-key, and nothing else', () => {
    expect(keys({ authorization: 'Bearer new' })).toBe(true);
    expect(keys({ authorization: 'bearer old' })).toBe(true);
    expect(keys({ 'x-api-key': 'old' })).toBe(true);
    for (const headers of [{}, { authorization: 'new' }, { authorization: 'Bearer ' }, { 'x-api-key': 'oldnew' }]) {
      expect(keys(headers)).toBe(false);
    }
  });

  it('reads them from a file, one a line, or else from the environment; none is no key', async () => {
    writeFileSync(join(dir, 'keys'), 'first\r\n\n second \n');
    expect(await readKeys(join(dir, 'keys'), 'VOUCH_TEST_NO_SUCH')).toEqual(['first', 'second']);
    expect(await readKeys(undefined, 'VOUCH_TEST_NO_SUCH')).toEqual([]);
    writeFileSync(join(dir, 'none'), '\n');
    await expect(readKeys(join(dir, 'none'), 'X')).rejects.toMatchObject({ code: 'BAD_USAGE' });
    await expect(readKeys(join(dir, 'missing'), 'X')).rejects.toMatchObject({ code: 'FILE_MISSING' });
  });
});

describe('the rate of a client', () => {
  it('lets so many through a second, and as many at once after a pause; clients do not share', () => {
    const rate = rateOf(2);
    const passed = (client: string, times: number[]) => times.map((now) => rate(client, now));
    expect(passed('a', [0, 1, 2, 3])).toEqual([true, true, false, false]);
    expect(passed('a', [499, 510, 520])).toEqual([false, true, false]);
    expect(passed('b', [520, 521, 522])).toEqual([true, true, false]);
    expect(passed('a', [100_000, 100_001, 100_002])).toEqual([true, true, false]);
  });

  it('below one a second still lets the first through', () => {
    const rate = rateOf(0.1);
    expect([0, 5000, 10_000].map((now) => rate('a', now))).toEqual([true, false, true]);
  });

  it('forgets the longest unseen client past 10,000, and only that', () => {
    const rate = rateOf(1);
    for (let i = 0; i <= 10_000; i++) rate(`client ${i}`, 0);
    expect(rate('client 1', 0)).toBe(false);
    expect(rate('client 0', 0)).toBe(true);
  });
});
