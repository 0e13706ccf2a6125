import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { takeLock } from '../../support/lock.js';
import { startOf } from '../../support/process-start.js';

const dir = mkdtempSync(join(tmpdir(), 'vouch-lock-'));
const file = join(dir, 'out.lock');
const options = { wait: 0, of: 'out' };
const held = (holder: object) => writeFileSync(file, JSON.stringify({ host: hostname(), token: 'x', ...holder }));
const refused = () => expect(takeLock(file, options)).rejects.toMatchObject({ code: 'OUT_UNWRITABLE' });

afterEach(() => rmSync(file, { force: true }));
afterAll(() => rmSync(dir, { recursive: true }));

async function taken(): Promise<void> {
  const lock = await takeLock(file, options);
  expect(await lock.holds()).toBe(true);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ pid: process.pid, host: hostname() });
  await lock.release();
  expect(readdirSync(dir)).toEqual([]);
}

it('is taken where there is none, refused while it is held, taken again after', async () => {
  const lock = await takeLock(file, options);
  await refused();
  await lock.release();
  await taken();
});

it('of a process that is gone is taken over; of one that lives it is not', async () => {
  held({ pid: 999_999_999, started: '1' });
  await taken();
  held({ pid: process.ppid, started: startOf(process.ppid) });
  await refused();
});

it.runIf(startOf(process.pid) !== null)('of a process whose id is used again is taken over', async () => {
  held({ pid: process.ppid, started: '1' });
  await taken();
  held({ pid: process.pid, started: '1' });
  await taken();
});

it('of another machine is never taken over', async () => {
  held({ pid: 999_999_999, started: '1', host: 'another' });
  await refused();
});

it('that cannot be read is somebody writing it, and of a dead one after 10 seconds', async () => {
  writeFileSync(file, '');
  await refused();
  utimesSync(file, new Date(), Date.now() / 1000 - 11);
  await taken();
});

it('that was taken away is not held, and its release leaves the new one', async () => {
  const lock = await takeLock(file, options);
  held({ pid: process.ppid, started: startOf(process.ppid) });
  expect(await lock.holds()).toBe(false);
  await lock.release();
  await refused();
});

it('goes to each of 20 that wait, one at a time', async () => {
  let inside = 0;
  let most = 0;
  await Promise.all(
    Array.from({ length: 20 }, async () => {
      const lock = await takeLock(file, { ...options, wait: 60_000 });
      most = Math.max(most, ++inside);
      await new Promise((resolve) => setTimeout(resolve, 2));
      inside--;
      await lock.release();
    }),
  );
  expect(most).toBe(1);
});
