import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type * as files from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeEach, expect, it, vi } from 'vitest';
import { writeAtomic } from '../../support/atomic.js';
import { replaceFolder } from '../../support/folder/replace.js';
import { syncFolder } from '../../support/sync-folder.js';

const dir = mkdtempSync(join(tmpdir(), 'vouch-sync-'));
afterAll(() => rmSync(dir, { recursive: true }));

/** What was done, in order, with the temporary parts of names left out. */
const done: string[] = [];
const plain = (path: unknown) => basename(String(path)).replace(/\.\d+-[0-9a-f]{6}/, '');
/** The code with which folders refuse to be opened. */
let refusal: string | null = null;

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof files>();
  return {
    ...real,
    rename: async (from: string, to: string) => {
      await real.rename(from, to);
      done.push(`rename ${plain(from)} ${plain(to)}`);
    },
    open: async (path: string, flags: string) => {
      if (flags === 'r' && refusal !== null) throw Object.assign(new Error(refusal), { code: refusal });
      const handle = await real.open(path, flags);
      const sync = handle.sync.bind(handle);
      handle.sync = async () => {
        await sync();
        done.push(`sync ${plain(path)}`);
      };
      return handle;
    },
  };
});

beforeEach(() => {
  done.length = 0;
  refusal = null;
});

it('a file that takes a place is synced, renamed, and then its folder is synced', async () => {
  await writeAtomic(join(dir, 'a.txt'), 'whole');
  expect(done).toEqual(['sync a.txt.partial', 'rename a.txt.partial a.txt', `sync ${basename(dir)}`]);
});

it('so is a folder: its files, their names, its own name, before the old one goes', async () => {
  const kind = { marker: 'm.json', keys: [], what: 'not ours' };
  const marker = JSON.stringify({ files: { 'in/a.txt': '0'.repeat(64) } });
  const content = { kind, files: { 'in/a.txt': 'a', 'm.json': marker } };
  await replaceFolder(join(dir, 'b'), content);
  done.length = 0;
  await replaceFolder(join(dir, 'b'), content);
  expect(done.filter((step) => !step.includes('lock'))).toEqual([
    'sync a.txt',
    'sync m.json',
    'sync in',
    'sync b.partial',
    'sync b.partial',
    'rename b b.old',
    'rename b.partial b',
    `sync ${basename(dir)}`,
  ]);
});

it.each(['EISDIR', 'EPERM', 'EINVAL'])(
  'where the system syncs no folders (%s) the file is written all the same',
  async (code) => {
    refusal = code;
    await writeAtomic(join(dir, 'c.txt'), code);
    expect(readFileSync(join(dir, 'c.txt'), 'utf8')).toBe(code);
  },
);

it('a disk that fails is an error', async () => {
  refusal = 'EIO';
  await expect(syncFolder(dir)).rejects.toMatchObject({ code: 'EIO' });
  await expect(writeAtomic(join(dir, 'd.txt'), 'x')).rejects.toMatchObject({ code: 'OUT_UNWRITABLE' });
});
