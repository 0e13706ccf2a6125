import { type ChildProcess, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { cli } from '../support/cli.js';
import { fakeUpstream } from '../support/fake-upstream.js';
import { sampleLines } from '../support/sample-answers.js';
import { replay } from '../support/standing-gateway.js';
import { writeTinyBundle } from '../support/tiny-bundle.js';
import { tinyPolicy, writeTinyPolicy } from '../support/tiny-policy.js';
import { startServing } from './start-serving.js';

const root = resolve(import.meta.dirname, '../..');
const dir = mkdtempSync(join(tmpdir(), 'vouch-serve-cli-'));
const bundle = join(dir, 'bundle');
const [line] = sampleLines(1);
const children: ChildProcess[] = [];

beforeAll(() => writeTinyBundle(bundle));
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(dir, { recursive: true });
});

const start = (args: string[], env?: Record<string, string>) => startServing(args, children, env);

describe('vouch serve', () => {
  it('on TERM is not ready any more, takes no more, and answers what is under way; keys come from the environment', async () => {
    const flags = ['serve', '--model', bundle, '--drain-wait', '0.5'];
    const { url, child, ended, log } = await start(flags, { VOUCH_API_KEY: 'secret' });
    const { port } = new URL(url);
    expect((await fetch(`${url}/v1/score`, { method: 'POST', body: line })).status).toBe(401);
    const slow = connect(Number(port), '127.0.0.1');
    const head = `POST /v1/score HTTP/1.1\r\nhost: x\r\nx-api-key: secret\r\ncontent-length: ${Buffer.byteLength(line)}\r\n\r\n`;
    slow.write(head + line.slice(0, 10));
    const ready = async () => (await fetch(`${url}/v2/health/ready`)).status;
    expect(await ready()).toBe(200);
    child.kill('SIGTERM');
    await expect.poll(ready, { interval: 20 }).toBe(503);
    await expect.poll(() => ready().catch(() => 'no connection'), { timeout: 5000 }).toBe('no connection');
    slow.write(line.slice(10));
    let text = '';
    for await (const chunk of slow) text += chunk;
    expect(text).toMatch(/^HTTP\/1\.1 200 OK/);
    expect(JSON.parse(text.split('\r\n\r\n')[1]).id).toBe('q0');
    expect(await ended).toBe(0);
    expect(log()).toContain('"msg":"stopped"');
    expect(log()).not.toContain('secret');
  });

  it('cuts off what is still under way after its time', async () => {
    const { url, child, ended, log } = await start([
      'serve',
      '--model',
      bundle,
      '--drain-wait',
      '0',
      '--drain-timeout',
      '0.3',
    ]);
    const slow = connect(Number(new URL(url).port), '127.0.0.1');
    slow.on('error', () => {});
    slow.write('POST /v1/score HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n{');
    await fetch(`${url}/v2/health/live`);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(log()).toContain('cut off');
  });

  it('ends with one line: no bundle, no such port, wrong usage', () => {
    const run = (...args: string[]) => {
      const { status, stderr } = spawnSync(process.execPath, [...cli, ...args], { cwd: root, encoding: 'utf8' });
      return [status, stderr.trim().split('\n').at(-1)];
    };
    writeFileSync(join(dir, 'keys'), '\n');
    expect(run('serve', '--model', join(dir, 'none'))).toEqual([1, expect.stringContaining('[VOUCH_FILE_MISSING]')]);
    expect(run('serve', '--model', bundle, '--host', '203.0.113.1')).toEqual([
      1,
      expect.stringContaining('[VOUCH_CANNOT_LISTEN]'),
    ]);
    expect(run('serve', '--model', bundle, '--api-key-file', join(dir, 'keys'))).toEqual([
      2,
      expect.stringContaining('[VOUCH_BAD_USAGE]'),
    ]);
    expect(run('gateway', '--model', bundle, '--upstream', 'http://me:secret@x')).toEqual([
      2,
      expect.stringMatching(/must not contain.*\[VOUCH_BAD_USAGE\]/),
    ]);
  });
});

describe('vouch gateway', () => {
  it('stands before an upstream: here a service of its own kind', async () => {
    const upstream = await start(['serve', '--model', bundle], { VOUCH_API_KEY: 'theirs' });
    const flags = ['gateway', '--model', bundle, '--upstream', `${upstream.url}/v1`, '--drain-wait', '0'];
    const { url, child, ended } = await start(flags, { VOUCH_UPSTREAM_KEY: 'theirs' });
    const reply = await fetch(`${url}/v1/score`, { method: 'POST', body: line });
    expect([reply.status, ((await reply.json()) as { id: string }).id]).toEqual([200, 'q0']);
    const chat = await fetch(`${url}/v1/chat/completions`, { method: 'POST', body: '{"messages":[]}' });
    expect(chat.status).toBe(404);
    child.kill('SIGTERM');
    upstream.child.kill('SIGTERM');
    expect([await ended, await upstream.ended]).toEqual([0, 0]);
  });

  it('follows a policy, and refuses one that it cannot buy for', async () => {
    const policy = join(dir, 'policy');
    await writeTinyPolicy(policy, tinyPolicy([{ name: 'large', model: 'large' }]));
    const upstream = await fakeUpstream(replay);
    const large = await fakeUpstream(replay);
    onTestFinished(async () => void (await Promise.all([upstream.close(), large.close()])));
    const flags = ['gateway', '--policy', policy, '--upstream', upstream.url, '--drain-wait', '0'];
    const refused = (more: string[]) =>
      spawnSync(process.execPath, [...cli, ...flags, ...more], { cwd: root, encoding: 'utf8' }).stderr;
    expect(refused([])).toMatch(/--second-upstream.*stage large.*large=URL/s);
    expect(refused(['--model', bundle])).toContain('a policy is followed without --model');
    expect(refused(['--stage-timeout', 'large=soon'])).toMatch(/--stage-timeout.*soon/s);
    const { url, child, ended } = await start([...flags, '--second-upstream', `large=${large.url}`], {
      VOUCH_SECOND_KEY: 'second',
    });
    const reply = await fetch(`${url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: 'Bearer client' },
      body: JSON.stringify({ model: 'm1', temperature: 0, messages: [{ role: 'user', content: 'Which city?' }] }),
    });
    const { vouch } = (await reply.json()) as { vouch: object };
    expect(vouch).toMatchObject({ decision: 'accept', claim: 'policy-tiny', policy: { bought: ['large'] } });
    expect([upstream, large].map(({ asked }) => asked[0].headers.authorization)).toEqual([
      'Bearer client',
      'Bearer second',
    ]);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  });
});
