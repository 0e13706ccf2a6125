/**
 * What the examples for Kubernetes and Compose start, as processes on this machine: a real PostgreSQL that asks for the
 * password, service, gateway, monitor, copy and restore, with the arguments, variables and paths of the files. Only folders,
 * ports and the address of the database are others. Needs Debian's postgresql; without it, it is skipped and says so.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyChain } from '../../../store/chain/verify.js';
import { contentsOf } from '../../../store/read/counts.js';
import { openStore } from '../../../store/ready.js';
import { below, type Started } from '../../examples/deploy/started.js';
import { cli } from '../../support/cli.js';
import { fakeUpstream } from '../../support/fake-upstream.js';
import { freePort, hasPostgres, type Postgres, startPostgres } from '../../support/postgres.js';
import { writeTinyBundle } from '../../support/tiny-bundle.js';
import { composed, type Installation, type Keys, kubernetes } from './installations.js';

const dockerfile = readFileSync(resolve(import.meta.dirname, '../../../Dockerfile'), 'utf8');
const root = mkdtempSync(join(tmpdir(), 'vouch-deploy-'));
const children: ChildProcess[] = [];
const keys: Keys = { postgres: 'p-1', client: 'c-1', feedback: 'f-1', upstream: 'u-1' };
let upstream: Awaited<ReturnType<typeof fakeUpstream>>;

beforeAll(async () => {
  upstream = await fakeUpstream((_, response) => {
    const message = { role: 'assistant', content: 'Canberra' };
    const choices = [{ index: 0, message, finish_reason: 'stop' }];
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ id: 'chat-1', object: 'chat.completion', model: 'm1', choices }));
  });
});
afterAll(async () => {
  for (const child of children) end(child);
  await upstream?.close();
  rmSync(root, { recursive: true, force: true });
});

for (const installation of [kubernetes, composed(dockerfile)]) {
  describe.skipIf(!hasPostgres)(`the processes of ${installation.name}`, () => runs(installation));
}

function runs({ name, started, files, database, health, instances }: Installation): void {
  const dir = join(root, name);
  let server: Postgres;
  let store: string;
  const urls: string[] = [];
  const running: { child: ChildProcess; ended: Promise<number | null> }[] = [];

  beforeAll(async () => {
    for (const folder of ['bin', 'versions', 'monitor', 'backups']) mkdirSync(join(dir, folder), { recursive: true });
    await writeTinyBundle(join(dir, 'versions/1'));
    symlinkSync('1', join(dir, 'versions/current'));
    for (const [path, text] of Object.entries(files(keys))) {
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      writeFileSync(join(dir, path), text);
    }
    const words = [process.execPath, ...cli].map((word) => `'${word}'`).join(' ');
    writeFileSync(join(dir, 'bin/vouch'), `#!/bin/sh\nexec ${words} "$@"\n`, { mode: 0o755 });
    const { POSTGRES_USER: user, POSTGRES_DB, POSTGRES_INITDB_ARGS } = database;
    server = await startPostgres({ user, password: keys.postgres, initArgs: POSTGRES_INITDB_ARGS.split(' ') });
    store = server.create(POSTGRES_DB);
  });
  afterAll(async () => {
    for (const child of children) end(child);
    await server?.stop();
  });

  /** Starts a part, with its own folders, port and database. */
  function start(
    part: Parameters<Installation['started']>[0],
    more: { port?: number; env?: Record<string, string> } = {},
  ) {
    const each: Started = below(dir, started(part));
    expect(each.env.STORE).toMatch(
      new RegExp(`^postgres://${database.POSTGRES_USER}@[\\w-]+:5432/${database.POSTGRES_DB}$`),
    );
    const env: Record<string, string> = { ...each.env, STORE: store, ...more.env };
    const words = each.words.map((word) =>
      word.replace(each.env.STORE, store).replace(/(--port[= ])\d+/, `$1${more.port}`),
    );
    const withUpstream = words.map((word) => word.replace(each.env.UPSTREAM ?? '\0', env.UPSTREAM ?? ''));
    const password = name === 'kubernetes' ? { PGPASSWORD: keys.postgres } : {};
    const PATH = [join(dir, 'bin'), server.bin, process.env.PATH].join(':');
    const child = spawn(withUpstream[0], withUpstream.slice(1), { env: { ...env, ...password, PATH }, detached: true });
    children.push(child);
    let log = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (log += text));
    const ended = new Promise<number | null>((done) => child.once('close', done));
    return { child, ended, log: () => log };
  }

  async function serving(part: 'service' | 'gateway', env: Record<string, string> = {}): Promise<string> {
    const port = await freePort();
    const { child, ended, log } = start(part, { port, env });
    running.push({ child, ended });
    const url = `http://127.0.0.1:${port}`;
    for (let i = 0; i < 600; i++) {
      if (child.exitCode !== null) throw new Error(log());
      const ready = await fetch(url + health[part].at(-1)).then(
        ({ status }) => status,
        () => 0,
      );
      if (ready === 200) return url;
      await new Promise((done) => setTimeout(done, 200));
    }
    throw new Error(`not ready: ${log()}`);
  }

  it('the database wants the password', () => {
    const at = ['-h', '127.0.0.1', '-p', String(server.port), '-U', database.POSTGRES_USER, '-d', database.POSTGRES_DB];
    expect(server.run('pg_isready', at)).toContain('accepting');
    expect(() => server.run('psql', [...at, '-w', '-c', 'select 1'], { env: { PGPASSWORD: 'wrong' } })).toThrow();
  });

  it('the service starts on an empty database, in all its instances, and answers its probes', async () => {
    urls.push(...(await Promise.all(Array.from({ length: instances }, () => serving('service')))));
    for (const url of urls) {
      for (const path of health.service) expect((await fetch(url + path)).status).toBe(200);
      expect((await fetch(`${url}/metrics`)).status).toBe(401);
      expect((await fetch(`${url}/metrics`, { headers: { 'x-api-key': keys.client } })).status).toBe(200);
    }
  });

  it('it scores, and takes feedback in any instance, each with its own key', async () => {
    for (let i = 0; i < 20; i++) {
      const record = { id: `q${i}`, model: 'm1', prompt: `What is fact ${i}?`, answer: `It is ${i}.` };
      const { status, body } = await post(`${urls[0]}/v1/score`, keys.client, record);
      expect([status, body.id]).toEqual([200, `q${i}`]);
    }
    expect((await post(`${urls[0]}/v1/score`, keys.feedback, {})).status).toBe(401);
    expect((await post(`${urls[0]}/v1/feedback`, keys.client, {})).status).toBe(401);
    const linked = async () =>
      (await post(String(urls.at(-1)) + '/v1/feedback', keys.feedback, { id: 'q19', thumb: 'up' })).body.label;
    await expect.poll(linked, { timeout: 10_000 }).toBe(1);
  });

  it('the gateway is ready, asks the upstream with its key, and stores what it scored', async () => {
    const url = await serving('gateway', { UPSTREAM: `${upstream.url}/v1` });
    for (const path of health.gateway) expect((await fetch(url + path)).status).toBe(200);
    const question = { model: 'm1', messages: [{ role: 'user', content: 'What is the capital of Australia?' }] };
    const { status, body } = await post(`${url}/v1/chat/completions`, keys.client, question);
    expect([status, body.vouch.scored]).toEqual([200, true]);
    expect(upstream.asked.at(-1)?.headers.authorization).toBe(`Bearer ${keys.upstream}`);
    const feedback = { id: 'chat-1', thumb: 'down' };
    const linked = async () => (await post(`${url}/vouch/feedback`, keys.feedback, feedback)).body.label;
    await expect.poll(linked, { timeout: 10_000 }).toBe(0);
  });

  it('the monitor reads the store into its own folder, and goes on where it ended', async () => {
    const own = join(dir, 'monitor/1');
    const findings = () =>
      (existsSync(own) ? readdirSync(own) : []).filter((file) => /^findings-.*\.json$/.test(file)).sort();
    if (name === 'kubernetes') {
      for (let run = 1; run <= 2; run++) {
        const { ended, log } = start('monitor', { env: { WEBHOOK: '' } });
        expect([await ended, log()]).toEqual([0, expect.any(String)]);
      }
    } else {
      // the loop runs by itself, again and again; what it said is in the message of a failure
      const { child, ended, log } = start('monitor', { env: { WEBHOOK: '', EVERY: '1' } });
      await expect
        .poll(() => [findings().length >= 2, log()], { timeout: 300_000, interval: 200 })
        .toEqual([true, expect.any(String)]);
      end(child);
      await ended;
    }
    const seen = findings().map((file) => JSON.parse(readFileSync(join(own, file), 'utf8')).answers.new);
    expect(seen.slice(0, 2)).toEqual([21, 0]);
    expect(readFileSync(join(dir, 'monitor/vouch.prom'), 'utf8')).toContain('vouch_monitor_');
  });

  it('the copy can be restored, and its chain is whole', async () => {
    const { ended, log } = start('backup');
    expect([await ended, log()]).toEqual([0, '']);
    const [copy, ...more] = readdirSync(join(dir, 'backups'));
    expect([copy, more]).toEqual([expect.stringMatching(/^vouch-[\dTZ-]+\.sql$/), []]);
    const restored = server.create('restored');
    const input = readFileSync(join(dir, 'backups', copy), 'utf8');
    server.run('psql', ['-q', '-v', 'ON_ERROR_STOP=1', restored], { input });
    process.env.PGPASSWORD = keys.postgres;
    const opened = await openStore(restored);
    delete process.env.PGPASSWORD;
    expect((await contentsOf(opened)).answers).toBe(21);
    expect((await verifyChain(opened)).findings).toEqual([]);
    await opened.close();
  });

  it('only the newest 14 copies stay', async () => {
    for (let day = 10; day < 30; day++) writeFileSync(join(dir, `backups/vouch-2026-01-${day}T024500Z.sql`), '');
    const before = readdirSync(join(dir, 'backups'));
    expect(await start('backup').ended).toBe(0);
    const left = readdirSync(join(dir, 'backups')).sort();
    expect(left).toEqual([...new Set([...before, ...left])].sort().slice(-14));
    expect(left).toContain('vouch-2026-01-29T024500Z.sql');
    expect(left).not.toContain('vouch-2026-01-15T024500Z.sql');
  });

  it('TERM ends service and gateway with status 0', async () => {
    expect(running).toHaveLength(instances + 1);
    for (const { child } of running) child.kill('SIGTERM');
    for (const { ended } of running) expect(await ended).toBe(0);
  });
}

/** Ends a child and what it started. */
function end(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // it has just ended
  }
}

// biome-ignore lint/suspicious/noExplicitAny: a reply of any route
async function post(url: string, key: string, body: object): Promise<{ status: number; body: any }> {
  const headers = { 'content-type': 'application/json', 'x-api-key': key };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: response.status, body: await response.json() };
}
