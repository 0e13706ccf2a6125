import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { temporary } from '../data/temporary.js';
import { cli } from '../support/cli.js';

const root = resolve(import.meta.dirname, '../..');
const { put } = temporary();

/** Runs `vouch` with an output that nobody reads. Returns its exit status and what it says on standard error. */
async function unread(args: string[], stdout: 'pipe' | number = 'pipe'): Promise<{ status: number; said: string }> {
  const run = spawn(process.execPath, [...cli, ...args], { cwd: root, stdio: ['ignore', stdout, 'pipe'] });
  run.stdout?.destroy(); // long before the first byte
  const said: Buffer[] = [];
  run.stderr!.on('data', (part: Buffer) => said.push(part));
  const [status] = await once(run, 'close');
  return { status, said: Buffer.concat(said).toString() };
}

it('is no error of a command whose reader has seen enough', async () => {
  expect(await unread(['enrich', '--help'])).toEqual({ status: 0, said: '' });
});

it('does not hide that a command failed', async () => {
  const { status, said } = await unread(['read', 'no-such-file.jsonl']);
  expect(status).toBe(1);
  expect(said).toBe('vouch: no-such-file.jsonl: no such file. [VOUCH_FILE_MISSING]\n');
});

it('ends a command that writes records, before it has read all of them', async () => {
  const log = put('log.jsonl', '{"prompt":"one","answer":"1"}\n'.repeat(5000));
  const { status, said } = await unread(['read', log, '--out', '-', '--quiet']);
  expect(said).toBe(''); // the whole log would be summed up here
  expect(status).toBe(0);
});

it.runIf(existsSync('/dev/full'))('a full disk is said once, also by a command that writes records', async () => {
  const log = put('log.jsonl', '{"prompt":"one","answer":"1"}\n'.repeat(5000));
  const { status, said } = await unread(['read', log, '--out', '-', '--quiet'], openSync('/dev/full', 'w'));
  expect(said).toMatch(/^vouch: standard output: the disk is full.*\[VOUCH_DISK_FULL\]\n$/);
  expect(status).toBe(1);
});

it.runIf(existsSync('/dev/full'))('is not mistaken for a full disk', async () => {
  const { status, said } = await unread(['read', '--help'], openSync('/dev/full', 'w'));
  expect(said).toMatch(/^vouch: standard output: the disk is full.*\[VOUCH_DISK_FULL\]\n$/);
  expect(status).toBe(1);
});
