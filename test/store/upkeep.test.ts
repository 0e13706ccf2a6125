import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { register as registerStore } from '../../scripts/commands/store.js';
import { backup } from '../../store/backup.js';
import { verifyChain } from '../../store/chain/verify.js';
import { coded } from '../../store/coded.js';
import { redact } from '../../store/forget/redact.js';
import { migrate, migrationNames, migrationsIn } from '../../store/migrations/migrate.js';
import { openDatabase, openExistingDatabase } from '../../store/open.js';
import { contentsOf } from '../../store/read/counts.js';
import { openExisting, openStore } from '../../store/ready.js';
import { packSignals, unpackSignals } from '../../store/signals.js';
import { write } from '../../store/write/write.js';
import { command } from '../support/run-command.js';
import { freshPath, freshStore, scored, send, T0 } from './rows.js';

describe('migrations', () => {
  it('go up, one step down and up again, and down to nothing', async () => {
    const store = await freshStore();
    expect(await migrationsIn(store)).toEqual([...migrationNames]);
    await write(store, [scored('a')], []);
    expect(await migrate(store, '001-scored')).toEqual(['004-bought', '003-rollup', '002-feedback']);
    expect(await migrate(store)).toEqual(['002-feedback', '003-rollup', '004-bought']);
    expect(await migrate(store)).toEqual([]);
    expect((await verifyChain(store)).rows).toBe(1);
    expect(await migrate(store, null)).toEqual(['004-bought', '003-rollup', '002-feedback', '001-scored']);
    expect(await migrationsIn(store)).toEqual([]);
  });

  it('do not go back over feedback', async () => {
    const store = await freshStore();
    await send(store, [{ id: 'a', thumb: 'up' }]);
    await expect(migrate(store, '001-scored')).rejects.toMatchObject({ code: 'STORE_BAD' });
    expect((await contentsOf(store)).feedback).toHaveLength(1);
  });

  it('refuse a store of a newer version, and one without tables', async () => {
    const path = freshPath();
    const store = await openStore(path);
    await sql`insert into vouch_migrations values ('099-future', '2030-01-01')`.execute(store.db);
    await store.close();
    await expect(openStore(path)).rejects.toMatchObject({ code: 'STORE_BAD', detail: { got: '099-future' } });
    const empty = freshPath();
    await (await openDatabase(empty)).close();
    await expect(openExisting(empty)).rejects.toMatchObject({ code: 'STORE_BAD', detail: { got: 'none' } });
    await expect(openDatabase('mysql://x')).rejects.toMatchObject({ code: 'BAD_USAGE' });
    await expect(openStore('/no/such/folder/a.db')).rejects.toMatchObject({ code: 'STORE_BAD' });
  });
});

describe('a store that must exist', () => {
  it('is not created under a mistyped path', async () => {
    const path = freshPath();
    await expect(openExisting(path)).rejects.toMatchObject({ code: 'FILE_MISSING', detail: { file: path } });
    await expect(openExistingDatabase(path)).rejects.toMatchObject({ code: 'FILE_MISSING' });
    expect(existsSync(path)).toBe(false);
    await expect(openExisting('mysql://x')).rejects.toMatchObject({ code: 'BAD_USAGE' });
  });
});

describe('failures of the database', () => {
  it('are coded when a store is migrated', async () => {
    const path = freshPath();
    writeFileSync(path, 'this is not a database, it only has the name of one'.repeat(50));
    const migrating = command(registerStore, 'store', 'migrate', '--store', path);
    await expect(migrating).rejects.toMatchObject({ code: 'STORE_BAD', detail: { file: path } });
    const nowhere = command(registerStore, 'store', 'migrate', '--store', 'postgres://u@127.0.0.1:1/d');
    await expect(nowhere).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });

  it('say why, also if every address of a host refused', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED ::1:5432'), { code: 'ECONNREFUSED' });
    const all = new AggregateError([refused, refused]);
    const expected = {
      code: 'STORE_UNAVAILABLE',
      what: 'the store does not answer: connect ECONNREFUSED ::1:5432',
    };
    expect(coded(all, 'db')).toMatchObject(expected);
    expect(coded(Object.assign(all, { code: 'ECONNREFUSED' }), 'db')).toMatchObject(expected);
    const bare = Object.assign(new Error(''), { code: 'ETIMEDOUT' });
    expect(coded(bare, 'db').what).toBe('the store does not answer: ETIMEDOUT');
  });
});

describe('backup', () => {
  it('copies one state, which takes the place of a lost store', async () => {
    const path = freshPath();
    const store = await openStore(path);
    await write(store, [scored('a'), scored('b')], []);
    await send(store, [{ id: 'a', thumb: 'up' }]);
    const { head } = await verifyChain(store);
    const out = `${path}.backup`;
    await backup(store, out);
    await write(store, [scored('c')], []);
    await store.close();
    for (const ending of ['', '-wal', '-shm']) rmSync(`${path}${ending}`, { force: true });
    copyFileSync(out, path);
    const restored = await freshStore(path);
    expect(await verifyChain(restored, { expected: head })).toMatchObject({ rows: 3, findings: [], head });
    expect((await send(restored, [{ id: 'b', thumb: 'down' }]))[0].status).toBe('linked');
    await expect(backup(restored, out)).rejects.toMatchObject({ code: 'OUT_EXISTS' });
  });
});

describe('deletion', () => {
  it('leaves nothing of the content in the file', async () => {
    const path = freshPath();
    const store = await freshStore(path);
    const secrets = { prompt: 'my-secret-prompt', answer: 'my-secret-answer', person: 'secret-person' };
    await write(store, [scored('secret-id', { ...secrets, tenant: 't1' }), scored('other')], []);
    await send(store, [{ id: 'secret-id', thumb: 'down', comment: 'my-secret-comment' }], { tenant: 't1' });
    const holds = () => ['', '-wal'].some((ending) => readFileSync(`${path}${ending}`).includes('secret'));
    expect(holds()).toBe(true);
    expect(await redact(store, { by: 'person', person: 'secret-person', tenant: 't2' }, T0)).toEqual({
      scored: 0,
      feedback: 0,
    });
    expect(await redact(store, { by: 'person', person: 'secret-person' }, T0)).toEqual({ scored: 1, feedback: 1 });
    expect(holds()).toBe(false);
    const row = await store.db.selectFrom('vouch_scored').selectAll().where('seq', '=', 1).executeTakeFirst();
    expect(row).toMatchObject({ probability: 0.8, decision: 'accept', id: null, signals: null, salt: null });
  });
});

describe('packed signals', () => {
  it('keep every bit', () => {
    const signals = {
      features: Float32Array.of(0.1, Number.NaN, -0, Number.MAX_VALUE),
      categories: Int32Array.of(0, 3),
      words: Int32Array.of(7),
      embeddings: [Float32Array.of(1e-45), new Float32Array(0)],
    };
    expect(unpackSignals(packSignals(signals))).toEqual(signals);
    expect(unpackSignals(Buffer.from([1, 2, 3]))).toBeNull();
    expect(unpackSignals(packSignals(signals).subarray(1))).toBeNull();
  });
});
