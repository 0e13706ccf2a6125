import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyChain } from '../../../store/chain/verify.js';
import type { Store } from '../../../store/open.js';
import { openStore } from '../../../store/ready.js';
import { write } from '../../../store/write/write.js';
import { random } from '../../../support/random.js';
import { startServing } from '../../scripts/start-serving.js';
import { scored } from '../../store/scored.js';
import { cli } from '../../support/cli.js';
import { hasPostgres, startPostgres } from '../../support/postgres.js';
import { writeTinyBundle } from '../../support/tiny-bundle.js';
import { killsOf } from './kills.js';

const dir = mkdtempSync(join(tmpdir(), 'vouch-kill-feedback-'));
const bundle = join(dir, 'bundle');
const children: ChildProcess[] = [];
beforeAll(() => writeTinyBundle(bundle));
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(dir, { recursive: true, force: true });
});

/** Clients that send at the same time. */
const CLIENTS = 4;
const KEY = 'of-feedback';

describe('feedback to a service that is killed', () => {
  it(`${killsOf(0.5)} kills, SQLite: what was answered with 200 is in the store, once`, async () => {
    await killedServices(join(dir, 'answers.db'), killsOf(0.5));
  });

  it.skipIf(!hasPostgres)(`${killsOf(0.1)} kills, PostgreSQL: the same`, async () => {
    const server = await startPostgres();
    try {
      await killedServices(server.create('killed'), killsOf(0.1));
    } finally {
      await server.stop();
    }
  });
});

describe('feedback from a file whose reader is killed', () => {
  it(`${killsOf(0.2)} kills: a second run adds what is missing, and nothing twice`, async () => {
    const draw = random('kill-file');
    const file = join(dir, 'thumbs.csv');
    const rows = Array.from({ length: 4000 }, (_, i) => `q${i % 400},${i % 3 === 0 ? 'down' : 'up'},r${i}`);
    writeFileSync(file, `id,thumb,rater\n${rows.join('\n')}\n`);
    const left: number[] = [];
    for (let n = 0; n < killsOf(0.2); n++) {
      const place = join(dir, `file-${n}.db`);
      const answers = Array.from({ length: 400 }, (_, i) => scored(`q${i}`));
      await using(place, (store) => write(store, answers, []));
      const args = ['feedback', file, '--store', place, '--quiet', '--json'];
      await using(place, (store) => killedReader(args, store, { from: draw.int(4000), after: draw.next() * 20 }));
      const had = await using(place, async (store) => {
        expect((await verifyChain(store)).findings).toEqual([]);
        return (await keysOf(store)).size;
      });
      left.push(had);
      const counts = JSON.parse(await outputOf(args)) as Record<string, number>;
      expect(counts).toMatchObject({ read: 4000, repeated: had, unknownId: 0 });
      expect(counts.linked + counts.contradicting).toBe(4000 - had);
      await using(place, async (store) => {
        expect((await keysOf(store)).size).toBe(4000);
        expect(await verifyChain(store)).toMatchObject({ rows: 4400, findings: [] });
      });
    }
    process.stdout.write(`killed with ${left.join(', ')} entries in the store\n`);
    // some were killed in the middle
    if (left.length >= 10) expect(left.filter((had) => had > 0 && had < 4000).length).toBeGreaterThan(1);
  });
});

/** Kills a service under feedback, so often, and starts it again on the same store. */
async function killedServices(place: string, kills: number): Promise<void> {
  const draw = random(`kill-feedback/${place.slice(-9)}`);
  const accepted: string[] = [];
  let last: string[] = [];
  for (let n = 0; n <= kills; n++) {
    const { url, child, ended } = await startServing(['serve', '--model', bundle, '--store', place], children, {
      VOUCH_FEEDBACK_KEY: KEY,
    });
    if (n > 0) {
      // what the killed service had accepted, sent again, counts once
      const again = await post(`${url}/v1/feedback`, { feedback: last.map(feedbackOf) });
      const { feedback } = again as { feedback: { repeated: boolean }[] };
      expect(feedback.map(({ repeated }) => repeated)).toEqual(last.map(() => true));
    }
    if (n === kills) {
      child.kill('SIGTERM');
      expect(await ended).toBe(0);
      break;
    }
    const keys = await sendUntilKilled(url, child, { prefix: `k${n}`, after: draw.next() * 1000 });
    await ended;
    expect(child.signalCode).toBe('SIGKILL');
    expect(keys.length).toBeGreaterThan(0);
    for (const key of keys) accepted.push(key);
    last = keys.slice(-50);
    await using(place, async (store) => {
      const kept = await keysOf(store);
      expect(accepted.filter((key) => !kept.has(key))).toEqual([]);
      expect((await verifyChain(store)).findings).toEqual([]);
    });
  }
  process.stdout.write(`${kills} kills, ${accepted.length} feedbacks were accepted\n`);
}

/** Scores answers and sends feedback on them; kills the service so many milliseconds after the first reply. Returns accepted keys. */
async function sendUntilKilled(
  url: string,
  child: ChildProcess,
  { prefix, after }: { prefix: string; after: number },
): Promise<string[]> {
  const accepted: string[] = [];
  let killing: Promise<void> | undefined;
  const client = async (c: number): Promise<void> => {
    for (let i = 0; child.exitCode === null && child.signalCode === null; i++) {
      const key = `${prefix}-${c}-${i}`;
      try {
        await post(`${url}/v1/score`, { id: key, prompt: `What is fact ${i}?`, answer: `It is ${i}.` });
        await post(`${url}/v1/feedback`, feedbackOf(key));
      } catch (error) {
        if (error instanceof TypeError) return; // the connection broke
        throw error;
      }
      accepted.push(key);
      killing ??= sleep(after).then(() => {
        child.kill('SIGKILL');
      });
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, (_, c) => client(c)));
  await killing;
  return accepted;
}

const feedbackOf = (key: string) => ({ id: key, key, thumb: 'up' });

async function post(url: string, body: object): Promise<unknown> {
  const headers = { 'content-type': 'application/json', 'x-api-key': KEY };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${response.status} ${text}`);
  return JSON.parse(text);
}

/** Keys of all feedback in a store. */
async function keysOf({ db }: Store): Promise<Set<string | null>> {
  const rows = await db.selectFrom('vouch_feedback').select('key').execute();
  const keys = new Set(rows.map(({ key }) => key));
  expect(keys.size).toBe(rows.length);
  return keys;
}

async function using<T>(place: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(place);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Starts a command, and kills it so many milliseconds after the store has that much feedback. */
async function killedReader(
  args: string[],
  { db }: Store,
  { from, after }: { from: number; after: number },
): Promise<void> {
  const child = spawn(process.execPath, [...cli, ...args], { stdio: 'ignore' });
  children.push(child);
  const ended = new Promise<void>((done) => child.on('close', () => done()));
  const count = db.selectFrom('vouch_feedback').select(({ fn }) => fn.countAll<number>().as('rows'));
  while (child.exitCode === null && (await count.executeTakeFirstOrThrow()).rows <= from) await sleep(2);
  await Promise.race([sleep(after), ended]);
  child.kill('SIGKILL');
  await ended;
}

/** Runs a command to its end. */
async function outputOf(args: string[]): Promise<string> {
  const child = spawn(process.execPath, [...cli, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk));
  const status = await new Promise<number | null>((done) => child.on('close', done));
  expect(status).toBe(0);
  return text;
}
