import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countsIn } from '../../../dashboard/read/counts.js';
import { feedbackIn } from '../../../dashboard/read/feedback.js';
import { latestLabelled } from '../../../dashboard/read/labelled.js';
import { periodOf } from '../../../dashboard/read/period.js';
import { sampledSignals } from '../../../dashboard/read/sampled-signals.js';
import { versionsIn } from '../../../dashboard/read/versions.js';
import { queuedAnswers } from '../../../dashboard/read/waiting.js';
import { monitorStore } from '../../../index.js';
import { scoreChunk } from '../../../scorer/batch/score-chunk.js';
import { openScorer } from '../../../scorer/open.js';
import { storedRow } from '../../../serve/store/stored-row.js';
import { verifyChain } from '../../../store/chain/verify.js';
import { checkFeedback } from '../../../store/feedback/check.js';
import { prune } from '../../../store/forget/prune.js';
import { redact } from '../../../store/forget/redact.js';
import { migrate, migrationsIn } from '../../../store/migrations/migrate.js';
import type { Store } from '../../../store/open.js';
import { contentsOf } from '../../../store/read/counts.js';
import { labelledAnswers } from '../../../store/read/labelled.js';
import { drawAnswers, rowsOfBundle } from '../../../store/read/of-bundle.js';
import { tracesOf } from '../../../store/read/trace.js';
import { openStore } from '../../../store/ready.js';
import { unpackSignals } from '../../../store/signals.js';
import { openWriter } from '../../../store/thread/writer.js';
import { write } from '../../../store/write/write.js';
import { random } from '../../../support/random.js';
import { busy, countsOf, recounted } from '../../store/rollup/counts.js';
import { DAY, freshStore, scored, send, T0 } from '../../store/rows.js';
import { hasPostgres, type Postgres, startPostgres } from '../../support/postgres.js';
import { sampleLines } from '../../support/sample-answers.js';
import { writeTinyBundle } from '../../support/tiny-bundle.js';

describe.skipIf(!hasPostgres)('a store in PostgreSQL', () => {
  const dir = mkdtempSync(join(tmpdir(), 'vouch-postgres-'));
  let server: Postgres;

  const placeOf = (name: string) => `postgres://postgres@127.0.0.1:${server.port}/${name}`;
  async function fresh(name: string): Promise<Store> {
    return openStore(server.create(name));
  }

  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(async () => {
    await server?.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  it('migrates up and down', async () => {
    const own = await fresh('m1');
    expect(await migrationsIn(own)).toEqual(['001-scored', '002-feedback', '003-rollup', '004-bought']);
    expect(await migrate(own, null)).toEqual(['004-bought', '003-rollup', '002-feedback', '001-scored']);
    expect(await migrate(own)).toEqual(['001-scored', '002-feedback', '003-rollup', '004-bought']);
    await own.close();
  });

  it('opens while another session makes and drops tables', async () => {
    const place = server.create('busy');
    const other = await openStore(place);
    let isOver = false;
    const dropping = (async () => {
      for (let i = 0; !isOver; i++) {
        const table = sql.table(`other_${i % 5}`);
        await sql`create table ${table} (a serial, b serial)`.execute(other.db);
        await sql`drop table ${table}`.execute(other.db);
      }
    })();
    for (let i = 0; i < 100; i++) await (await openStore(place)).close();
    isOver = true;
    await dropping;
    await other.close();
  });

  it('counts and draws for evidence as SQLite does', async () => {
    const own = await fresh('ev');
    const bundle = 'a'.repeat(64);
    const answers = Array.from({ length: 30 }, (_, i) =>
      scored(`e${i}`, { bundle: i % 3 === 0 ? 'b'.repeat(64) : bundle, decision: i % 2 === 0 ? 'accept' : null }),
    );
    const said = [
      { id: 'e1', thumb: 'up' },
      { id: 'e2', stars: 4 },
      { id: 'e3', thumb: 'up' },
      { id: 'none', thumb: 'up' },
    ];
    const found = await Promise.all(
      [own, await freshStore()].map(async (each) => {
        await write(each, answers, []);
        await send(each, said);
        const drawn = await drawAnswers(each, { bundle, through: 30, size: 6, block: 4 }, random(1));
        return { rows: await rowsOfBundle(each, bundle, 34), drawn };
      }),
    );
    expect(found[0]).toEqual(found[1]);
    expect(found[0].rows).toMatchObject({ answers: 20, accepted: 10, unknown: 1 });
    expect(found[0].rows.feedback[0]).toEqual({
      ...{ kind: 'stars', entries: 1, labelled: 1, right: 0.75, contradicting: 0 },
    });
    await own.close();
  });

  it('stores, links, verifies, deletes and prunes as SQLite does, with the same values to the bit', async () => {
    const own = await fresh('m2');
    const odd = {
      probability: 0.1 + 0.2,
      logit: Math.fround(-1.3),
      shift: Number.NaN,
      answer: 'Sydney \0',
      missing: '["x"]',
    };
    await write(own, [scored('a', odd), scored('b', { tenant: 't2' }), scored('c', { person: 'p' })], []);
    const [correction, unknown] = await send(own, [
      { id: 'a', correction: 'Canberra' },
      { id: 'later', thumb: 'up' },
    ]);
    expect([correction.status, correction.label, unknown.status]).toEqual(['linked', 0, 'unknown id']);
    expect((await send(own, [{ id: 'b', thumb: 'up' }]))[0].code).toBe('WRONG_TENANT');
    await write(own, [scored('later', { time: T0 + 40 * DAY })], []);
    const [trace] = await tracesOf(own, 'a');
    expect(trace).toMatchObject({
      intact: true,
      row: { probability: 0.1 + 0.2, logit: Math.fround(-1.3), shift: null },
    });
    expect(unpackSignals(trace.row.signals as Uint8Array)?.features).toEqual(Float32Array.of(0.1, Number.NaN));
    expect(await contentsOf(own)).toMatchObject({ answers: 4, feedback: [{ kind: 'correction' }, { linked: 1 }] });
    const { head } = await verifyChain(own);
    expect(await redact(own, { by: 'person', person: 'p' }, T0)).toEqual({ scored: 1, feedback: 0 });
    expect(await verifyChain(own, { expected: head })).toMatchObject({ rows: 7, redacted: 1, findings: [] });
    expect(await prune(own, T0 + 30 * DAY, T0 + 40 * DAY)).toBe(5);
    expect(await verifyChain(own)).toMatchObject({ rows: 3, first: 6, findings: [] });
    await sql`update vouch_scored set probability = 0.5`.execute(own.db);
    expect((await verifyChain(own)).findings).toEqual([{ seq: 6, table: 'scored', what: 'the row was changed' }]);
    await own.close();
  });

  it('makes one chain of what several instances write at once', async () => {
    const own = await fresh('m3');
    const writers = await Promise.all(
      [0, 1, 2].map(() => openWriter({ place: placeOf('m3'), most: 10_000, failed: () => {} })),
    );
    await Promise.all(
      writers.map(async (writer, w) => {
        for (let i = 0; i < 60; i++) {
          writer.keep(scored(`${w}-${i}`));
          const feedback = checkFeedback({ id: `${w}-${i}`, thumb: 'up' });
          expect((await writer.take({ tenant: '', received: T0, feedback }))[0].status).toBe('linked');
        }
        await writer.close(60);
      }),
    );
    expect(await verifyChain(own)).toMatchObject({ rows: 360, findings: [] });
    await own.close();
  });

  it('counts answers and feedback as the migration does, also after prune', async () => {
    const own = await fresh('m7');
    await busy(own, random(1));
    const kept = await countsOf(own);
    expect((kept[1] as string[]).length).toBeGreaterThan(0);
    expect(kept).toEqual(await recounted(own));
    expect(await prune(own, T0 + 8 * DAY, T0)).toBeGreaterThan(0);
    expect(await countsOf(own)).toEqual(await recounted(own));
    await own.close();
  });

  it('gives the dashboard the same numbers as SQLite', async () => {
    const [own, file] = [await fresh('m8'), await openStore(join(dir, 'same.db'))];
    const seen = [];
    for (const each of [own, file]) {
      await busy(each, random(2));
      const period = periodOf('365', T0 + 40 * DAY);
      const rows = [];
      for (const tenant of [null, '', 't1']) {
        const labelled = await latestLabelled(each.db, { bundle: 'b'.repeat(64), tenant, since: 0 });
        rows.push(await countsIn(each.db, period, tenant), await feedbackIn(each.db, period, tenant));
        rows.push(await versionsIn(each.db, tenant), labelled, await queuedAnswers(each.db, ['1-0', '2-1'], tenant));
        rows.push((await sampledSignals(each.db, period, { bundle: 'b'.repeat(64), tenant })).length);
      }
      seen.push(rounded(rows));
      await each.close();
    }
    expect(seen[0].length).toBeGreaterThan(1000);
    expect(seen[0]).toEqual(seen[1]);
  });

  it('exports labelled answers, and says that there are no texts', async () => {
    const own = await fresh('m6');
    await write(own, [scored('a', { answer: 'Sydney' }), scored('b', { tenant: 't2' })], []);
    await send(own, [{ id: 'a', thumb: 'down' }]);
    await send(own, [{ id: 'b', thumb: 'up' }], { tenant: 't2' });
    const records = await allOf(labelledAnswers(own));
    expect(records).toMatchObject([{ id: 'a', answer: 'Sydney', labels: [{ value: 0, source: 'thumb' }] }]);
    await expect(allOf(labelledAnswers(own, 't2'))).rejects.toMatchObject({ code: 'NOT_STORED' });
    await own.close();
  });

  it('is monitored as SQLite is, with the same findings and the same state', async () => {
    const model = join(dir, 'bundle');
    await writeTinyBundle(model);
    const records = sampleLines(40).map((line, i) => ({
      ...JSON.parse(line),
      id: `q${i}`,
      group: `g${i}`,
      tokens: [],
    }));
    const scorer = await openScorer(model, { keep: true });
    const scores = await scoreChunk(scorer, records);
    const none = { tenant: '', person: null, response: null };
    const rows = records.map((record, i) => ({ ...storedRow(record, scores[i], 'signals')!, ...none, time: T0 + i }));
    await scorer.close();
    const found: object[] = [];
    for (const kind of ['postgres', 'sqlite'] as const) {
      const own = kind === 'postgres' ? await fresh('watched') : await openStore(join(dir, 'watched.db'));
      const place = kind === 'postgres' ? placeOf('watched') : join(dir, 'watched.db');
      const options = { model, state: join(dir, `${kind}.json`), queueLabels: 20, leastChance: 0.5 };
      await write(own, [...rows.slice(0, 30), scored('of another bundle')], []);
      const first = await monitorStore(place, { ...options, queue: join(dir, `${kind}.csv`) });
      expect(first.queue.length).toBeGreaterThan(5);
      await send(own, [...first.queue.map(({ id }) => ({ id, verdict: 'wrong' })), { id: 'q1', thumb: 'down' }]);
      await write(own, rows.slice(30), []);
      const second = await monitorStore(place, options);
      expect(second).toMatchObject({ answers: { new: 10 }, labels: { drawn: first.queue.length } });
      const { stored, ...state } = JSON.parse(readFileSync(options.state, 'utf8'));
      found.push({ first, second, state, seq: stored.seq });
      await own.close();
    }
    expect(found[0]).toEqual(found[1]);
  });

  it('is backed up with pg_dump and restored with psql', async () => {
    const own = await fresh('m4');
    await write(own, [scored('a')], []);
    const { head } = await verifyChain(own);
    await own.close();
    const dump = server.run('pg_dump', [placeOf('m4')]);
    const place = server.create('m5');
    server.run('psql', ['-q', '-v', 'ON_ERROR_STOP=1', place], { input: dump });
    const restored = await openStore(place);
    expect(await verifyChain(restored, { expected: head })).toMatchObject({ rows: 1, findings: [] });
    await restored.close();
  });
});

/** Rows in any order of equal keys, and sums in any order of their parts. */
function rounded(rows: unknown[]): string {
  const sorted = rows.map((each) =>
    Array.isArray(each) ? each.map((row) => JSON.stringify(row, round)).sort() : each,
  );
  return JSON.stringify(sorted, round);
}

function round(_: string, value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return [...(value as unknown as number[])].length;
  return typeof value === 'number' ? Math.round(1e9 * value) / 1e9 : value;
}

async function allOf<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const each of source) all.push(each);
  return all;
}
