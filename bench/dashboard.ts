/**
 * How fast the pages of the dashboard open over a large store. `npx tsx bench/dashboard.ts [--answers 1000000]
 * [--dir DIR]`.
 *
 * Fills a SQLite store with a simulated year (`bench/dashboard/fill-by-sql.ts`: a thumb on 1% of the answers), lets the
 * migration count it, and opens each page through the service: once, then five times. The time of a page includes the
 * request, the queries, and drawing in the thread; processor time is that of the whole process, which a busy machine
 * does not change. `--dir` keeps the store, and uses one that is there.
 */

import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { digestAt } from '../models/bundle/read.js';
import { openService } from '../serve/service.js';
import { migrate } from '../store/migrations/migrate.js';
import { openStore } from '../store/ready.js';
import { thousands } from '../support/words/thousands.js';
import { serveOptions } from '../test/support/serving.js';
import { writeTinyBundle } from '../test/support/tiny-bundle.js';
import { fillBySql } from './dashboard/fill-by-sql.js';

const { values } = parseArgs({ options: { answers: { type: 'string', default: '1000000' }, dir: { type: 'string' } } });
const answers = Number(values.answers);
const dir = values.dir ?? mkdtempSync(join(tmpdir(), 'vouch-bench-dashboard-'));
mkdirSync(dir, { recursive: true });
const [bundle, place] = [join(dir, 'bundle'), join(dir, 'answers.db')];
/** Numeric signals of the bundle. */
const SIGNALS = 6;

/** Milliseconds by the clock, and of processors. */
async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; cpu: number; result: T }> {
  const used = process.cpuUsage();
  const began = performance.now();
  const result = await work();
  const ms = performance.now() - began;
  const { user, system } = process.cpuUsage(used);
  return { ms, cpu: (user + system) / 1000, result };
}

async function fill(): Promise<void> {
  if (!existsSync(bundle)) await writeTinyBundle(bundle);
  const digest = (await digestAt(bundle)) as string;
  const isThere = existsSync(place);
  const store = await openStore(place);
  await migrate(store, '002-feedback');
  if (!isThere) {
    const year = { bundles: ['0'.repeat(64), digest] as const, signals: SIGNALS, end: Date.now() };
    const { ms } = await timed(async () => fillBySql(place, year, answers));
    console.log(`filled: ${thousands(answers)} answers in ${(ms / 1000).toFixed(0)} s`);
  }
  const { ms } = await timed(() => migrate(store));
  const [{ n }] = await store.db
    .selectFrom('vouch_rollup')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .execute();
  console.log(`migration: all counts made in ${(ms / 1000).toFixed(1)} s, ${thousands(Number(n))} rows of counts`);
  await store.close();
  console.log(`store: ${(statSync(place).size / 1e6).toFixed(0)} MB`);
}

async function pages(): Promise<void> {
  const stored = { place, queue: 1000, texts: false, clients: [], feedbackKeys: [] };
  const dashboard = { keys: [{ key: 'k', tenant: '' }], monitorState: null, queue: null };
  const service = await openService(serveOptions(bundle, { keys: ['c'], store: stored, dashboard }));
  const open = (path: string) =>
    timed(() => service.app.inject({ url: `/dashboard/${path}`, headers: { 'x-api-key': 'k' } }));
  const started = await open('review');
  console.log(`first page after the start (the thread starts too): ${started.ms.toFixed(0)} ms\n`);
  console.log('page | days | first, ms | median of five, ms | largest, ms | median processor time, ms | kB');
  for (const page of ['now', 'reliability', 'scores', 'feedback', 'review', 'versions']) {
    for (const days of page === 'review' || page === 'versions' ? [30] : [1, 30, 365]) {
      const first = await open(`${page}?days=${days}`);
      if (first.result.statusCode !== 200) throw new Error(first.result.body);
      const again: { ms: number; cpu: number }[] = [];
      for (let i = 0; i < 5; i++) again.push(await open(`${page}?days=${days}`));
      const sorted = (of: 'ms' | 'cpu') => again.map((each) => each[of]).sort((a, b) => a - b);
      const numbers = [first.ms, sorted('ms')[2], sorted('ms')[4], sorted('cpu')[2], first.result.body.length / 1000];
      console.log([page, days, ...numbers.map((x) => x.toFixed(0))].join(' | '));
    }
  }
  await service.app.close();
}

await fill();
await pages();
if (values.dir === undefined) rmSync(dir, { recursive: true });
