import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Fake, fakeEndpoint, says, send } from '../data/ask/fake-endpoint.js';
import { cli } from '../support/cli.js';

const root = resolve(import.meta.dirname, '../..');
const N = 30;
let folder: string;
let fake: Fake;
let onRequest: (count: number) => void;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vouch-collect-'));
  onRequest = () => {};
  fake = await fakeEndpoint((body, response) => {
    onRequest(fake.bodies.length);
    setTimeout(() => send(response, 200, says(`to ${body.messages.at(-1)?.content}`)), 5);
  });
  const lines = Array.from({ length: N }, (_, i) => `${JSON.stringify({ id: `q${i}`, prompt: `Question ${i}?` })}\n`);
  await writeFile(join(folder, 'questions.jsonl'), lines.join(''));
});
afterEach(async () => {
  await fake.close();
  await rm(folder, { recursive: true, force: true });
});

interface Ended {
  code: number | null;
  signal: string | null;
  stdout: string;
  stderr: string;
}

/** Starts `vouch collect` in the folder as its own process. */
function start(...more: string[]): { child: ChildProcess; ended: Promise<Ended> } {
  const args = [...cli, 'collect', join(folder, 'questions.jsonl')];
  args.push('--endpoint', fake.url, '--model', 'fake', '--out', join(folder, 'out.jsonl'), '--json', ...more);
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk) => (stdout += chunk));
  child.stderr?.on('data', (chunk) => (stderr += chunk));
  const ended = new Promise<Ended>((done) =>
    child.on('close', (code, signal) => done({ code, signal, stdout, stderr })),
  );
  return { child, ended };
}

const ids = async () => {
  const text = await readFile(join(folder, 'out.jsonl'), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => [JSON.parse(line).id, JSON.parse(line).answer]);
};
const expected = Array.from({ length: N }, (_, i) => [`q${i}`, `to Question ${i}?`]);

describe('vouch collect', () => {
  it('goes on after kill −9 without a lost or doubled row', async () => {
    const killed = start();
    onRequest = (count) => {
      if (count === 12) killed.child.kill('SIGKILL');
    };
    expect((await killed.ended).signal).toBe('SIGKILL');
    expect(existsSync(join(folder, 'out.jsonl'))).toBe(false);
    const { code, stdout } = await start().ended;
    expect(code).toBe(0);
    const summary = JSON.parse(stdout);
    expect(summary).toMatchObject({ written: N, failed: 0 });
    expect(summary.before + summary.asked).toBe(N);
    expect(summary.before).toBeGreaterThan(0);
    expect(await ids()).toEqual(expected);
    expect(existsSync(join(folder, 'out.jsonl.partial'))).toBe(false);
  });

  it('finishes what is in flight on SIGINT, says how to go on, and does', async () => {
    const { child, ended } = start('--concurrency', '2');
    onRequest = (count) => {
      if (count === 9) child.kill('SIGINT');
    };
    const { code, stdout, stderr } = await ended;
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/Run the same command again to continue\..*\[VOUCH_INTERRUPTED\]/);
    expect(stderr).not.toMatch(/^\s+at /m);
    const asked = fake.bodies.length;
    expect(asked).toBeLessThan(N);
    const again = JSON.parse((await start('--concurrency', '2').ended).stdout);
    expect(again).toMatchObject({ written: N, before: asked, asked: N - asked });
    expect(fake.bodies).toHaveLength(N);
    expect(await ids()).toEqual(expected);
  });

  it('tells a wrong option by its name, exit 2', async () => {
    const { code, stderr } = await start('--concurrency', '0').ended;
    expect(code).toBe(2);
    expect(stderr).toMatch(/"--concurrency".*\[VOUCH_BAD_USAGE\]/);
    expect(fake.bodies).toHaveLength(0);
  });
});
