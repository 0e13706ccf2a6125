import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runProgram } from '../../../../data/ask/verifiers/run-program.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vouch-program-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const run = (code: string, more: { timeout?: number; input?: string; abort?: AbortSignal } = {}) =>
  runProgram([process.execPath, '-e', code], { input: 'in', env: {}, timeout: 20, most: 1000, ...more });

/** Whether a process runs. One that has ended but that nobody waited for does not run. */
const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    const stat = `/proc/${pid}/stat`;
    return !existsSync(stat) || !/\) Z /.test(readFileSync(stat, 'utf8'));
  } catch {
    return false;
  }
};

/** Starts a child that sleeps, writes its id to a file, and goes on with `then`. */
const parent = (then: string) => `
  const child = require('child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], { stdio: 'inherit' });
  require('fs').writeFileSync(${JSON.stringify(join(folder, 'pid'))}, String(child.pid));
  ${then}`;

const childOf = async () => Number(await readFile(join(folder, 'pid'), 'utf8'));

describe('runProgram', () => {
  it('gives the input and returns the output, with the environment it is given and no other', async () => {
    process.env.VOUCH_TEST_SECRET = 'x';
    const code =
      "process.stdin.pipe(process.stdout); process.on('exit', () => console.log(process.env.VOUCH_TEST_SECRET))";
    expect(await run(code)).toEqual({ output: 'inundefined\n' });
    delete process.env.VOUCH_TEST_SECRET;
  });

  it('fails with the status and the first line of standard error', async () => {
    expect(await run('console.error("\\nno such test\\nmore"); process.exit(3)')).toEqual({
      failed: 'exit status 3: no such test',
    });
    expect(await run('process.exit(1)')).toEqual({ failed: 'exit status 1' });
    expect(await run('process.kill(process.pid, "SIGTERM"); setTimeout(() => {}, 9999)')).toEqual({
      failed: 'ended by SIGTERM',
    });
  });

  it('need not have its input read', async () => {
    const input = 'x'.repeat(5_000_000);
    expect(await run('console.log(1)', { input })).toEqual({ output: '1\n' });
  });

  it('ends what writes too much, on standard output; standard error is not kept', async () => {
    expect(await run('for (;;) console.log("x".repeat(100))')).toEqual({ failed: 'more than 1000 bytes of output' });
    expect(await run('for (let i = 0; i < 1e4; i++) console.error("x".repeat(100)); console.log(1)')).toEqual({
      output: '1\n',
    });
  });

  it.skipIf(process.platform === 'win32')('is killed after the timeout, with its children', async () => {
    const started = performance.now();
    expect(await run(parent('setTimeout(() => {}, 60000)'), { timeout: 1.5 })).toEqual({
      failed: 'no result within 1.5 s',
    });
    expect(performance.now() - started).toBeLessThan(30_000);
    const pid = await childOf();
    await expect.poll(() => isAlive(pid)).toBe(false);
  });

  it.skipIf(process.platform === 'win32')('does not wait for what it leaves behind, and ends it', async () => {
    expect(await run(parent('console.log(0.5); process.exit(0)'))).toEqual({ output: '0.5\n' });
    const pid = await childOf();
    await expect.poll(() => isAlive(pid)).toBe(false);
  });

  it.skipIf(process.platform === 'win32')(
    'does not wait for a process that escaped its group',
    async () => {
      const escaped = (then: string) => `
      const { spawn } = require('child_process');
      spawn(process.execPath, ['-e', 'setTimeout(() => {}, 20000)'], { stdio: 'inherit', detached: true }).unref();
      ${then}`;
      expect(await run(escaped('console.log(0.5)'))).toEqual({ output: '0.5\n' });
      expect(await run(escaped('setTimeout(() => {}, 60000)'), { timeout: 1.5 })).toEqual({
        failed: 'no result within 1.5 s',
      });
    },
    15_000,
  );

  it('is killed on abort', async () => {
    const abort = new AbortController();
    const running = run('setTimeout(() => {}, 60000)', { abort: abort.signal });
    setTimeout(() => abort.abort(), 200);
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    await expect(run('1', { abort: abort.signal })).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('says that a program cannot be started', async () => {
    const missing = runProgram([join(folder, 'none')], { input: '', env: {}, timeout: 1, most: 10 });
    await expect(missing).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
