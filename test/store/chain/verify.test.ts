import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { GENESIS, linkOf, sealOf } from '../../../store/chain/digest.js';
import { verifyChain } from '../../../store/chain/verify.js';
import { prune } from '../../../store/forget/prune.js';
import { redact } from '../../../store/forget/redact.js';
import type { Store } from '../../../store/open.js';
import { tracesOf } from '../../../store/read/trace.js';
import { write } from '../../../store/write/write.js';
import { DAY, freshStore, scored, send, T0 } from '../rows.js';

async function filled(): Promise<Store> {
  const store = await freshStore();
  await write(store, [scored('a', { prompt: 'Where?', person: 'p1' }), scored('b'), scored('c', { person: 'p1' })], []);
  await send(store, [{ id: 'a', thumb: 'down', comment: 'no' }]);
  return store;
}

/** Adds a copy of a row under another number. */
function copyOf(table: 'scored' | 'feedback', seq: number, as: number | null): string {
  const name = `vouch_${table}`;
  return `create temp table t as select * from ${name} where seq = ${seq}; update t set seq = ${as}; insert into ${name} select * from t`;
}

async function changed(store: Store, statements: string): Promise<void> {
  for (const statement of statements.split(';')) await sql.raw(statement).execute(store.db);
}

describe('the hash chain', () => {
  it('has the hashes that Python computes', () => {
    // hashlib.sha256(json.dumps([...], separators=(',', ':')).encode()).hexdigest()
    expect(sealOf('00', ['a', null, 1.5])).toBe('0c51a4fabe1a137e866e039709225bb51ba00d1f44c250d5de9abdf9811fe862');
    expect(linkOf(GENESIS, 'scored', 1, [T0, '', 0.8])).toBe(
      '55ceaaa7812f7e2d6299bad0ef1c58be7c2652e3a7e694834b32ee2c8fe73239',
    );
  });

  it('verifies what was written', async () => {
    const { rows, findings, head, first, redacted } = await verifyChain(await filled());
    expect({ rows, findings, seq: head.seq, first, redacted }).toEqual({
      ...{ rows: 4, findings: [], seq: 4, first: 1, redacted: 0 },
    });
  });

  it.each([
    ['update vouch_scored set probability = 0.9 where seq = 2', 2, 'the row was changed'],
    ["update vouch_scored set decision = 'abstain' where seq = 1", 1, 'the row was changed'],
    ["update vouch_scored set prompt = 'Who?' where seq = 1", 1, 'the private content was changed'],
    ["update vouch_scored set signals = x'00' where seq = 3", 3, 'the private content was changed'],
    ['update vouch_feedback set label = 1 where seq = 4', 4, 'the row was changed'],
    ['update vouch_feedback set scored = 2 where seq = 4', 4, 'it is linked to an answer with another id'],
    ['delete from vouch_scored where seq = 2', 2, 'the row was removed'],
    ['delete from vouch_feedback where seq = 4', 4, 'the row was removed'],
    [
      'update vouch_scored set prompt = null, id = null, salt = null, redacted = 1 where seq = 1',
      1,
      'the private content was deleted without a record of it',
    ],
    ['update vouch_feedback set scored = 4 where seq = 4', 4, 'it is linked to an answer that is not in the store'],
    ['update vouch_head set seq = 3', 4, 'a row was added after the end of the chain'],
    [`insert into vouch_events values (2, 0, 'redacted', '{}', 'x')`, 2, 'a row was added: another row has its number'],
    [`insert into vouch_events values (4, 0, 'redacted', '{}', 'x')`, 4, 'a row was added: another row has its number'],
    [copyOf('scored', 1, 4), 4, 'a row was added: another row has its number'],
    [copyOf('scored', 1, 1.5), 1.5, 'a row was added: its number is not whole'],
    [copyOf('scored', 1, 0), 0, 'a row was added before the beginning of the chain'],
    [copyOf('scored', 1, null), 0, 'a row was added before the beginning of the chain'],
  ])('%s', async (statement, seq, what) => {
    const store = await filled();
    await changed(store, statement);
    const { findings } = await verifyChain(store);
    expect(findings.map((each) => ({ seq: each.seq, what: each.what }))).toContainEqual({ seq, what });
  });

  it('names only the changed row, not those after it', async () => {
    const store = await filled();
    await sql`update vouch_scored set time = time + 1 where seq = 2`.execute(store.db);
    expect((await verifyChain(store)).findings).toEqual([{ seq: 2, table: 'scored', what: 'the row was changed' }]);
  });

  it('finds a cut-off end, if the end was noted', async () => {
    const store = await filled();
    const { head } = await verifyChain(store);
    expect((await verifyChain(store, { expected: head })).findings).toEqual([]);
    await sql`delete from vouch_feedback where seq = 4`.execute(store.db);
    const row = await store.db.selectFrom('vouch_scored').select('hash').where('seq', '=', 3).executeTakeFirstOrThrow();
    await store.db.updateTable('vouch_head').set({ seq: 3, hash: row.hash }).execute();
    expect((await verifyChain(store)).findings).toEqual([]);
    expect((await verifyChain(store, { expected: head })).findings).toEqual([
      { seq: 4, table: 'head', what: 'the chain does not contain the end that was noted earlier' },
    ]);
  });

  it('still verifies after a deletion by id, by person and by age', async () => {
    const store = await filled();
    expect(await redact(store, { by: 'id', id: 'b' }, T0)).toEqual({ scored: 1, feedback: 0 });
    expect(await redact(store, { by: 'person', person: 'p1' }, T0)).toEqual({ scored: 2, feedback: 1 });
    const { rows, findings, redacted } = await verifyChain(store);
    expect({ rows, findings, redacted }).toEqual({ rows: 6, findings: [], redacted: 4 });
  });

  it.each([
    ["update vouch_scored set prompt = 'Where?' where seq = 1", 1],
    ["update vouch_scored set salt = '00' where seq = 1", 1],
    ["update vouch_scored set salt = '00', redacted = 0 where seq = 1", 1],
    ["update vouch_feedback set content = '{}' where seq = 4", 4],
  ])('finds deleted content that is there again: %s', async (statement, seq) => {
    const store = await filled();
    await redact(store, { by: 'id', id: 'a' }, T0);
    expect((await verifyChain(store)).findings).toEqual([]);
    await changed(store, statement);
    const what = 'there is private content, although its deletion is recorded';
    expect((await verifyChain(store)).findings).toEqual([expect.objectContaining({ seq, what })]);
  });

  it('shows feedback with content that was added after its deletion as changed', async () => {
    const store = await filled();
    await send(store, [{ id: 'b', thumb: 'up', rater: 'r1' }]);
    await redact(store, { by: 'person', person: 'r1' }, T0);
    expect((await tracesOf(store, 'b'))[0].intact).toBe(true);
    await changed(store, "update vouch_feedback set content = '{}' where seq = 5");
    expect((await tracesOf(store, 'b'))[0].intact).toBe(false);
  });

  it('finds rows before a recorded cut, and a cut that was moved', async () => {
    const store = await filled();
    await write(store, [scored('d', { time: T0 + 40 * DAY })], []);
    await prune(store, T0 + 30 * DAY, T0 + 40 * DAY);
    await changed(store, copyOf('scored', 5, 2));
    const what = 'a row was added before the beginning of the chain';
    expect((await verifyChain(store)).findings).toEqual([{ seq: 2, table: 'scored', what }]);
    const { hash } = (await verifyChain(store)).head;
    const detail = JSON.stringify({ through: 1000, hash, rows: 4 });
    await store.db.updateTable('vouch_events').set({ detail }).execute();
    const places = (await verifyChain(store)).findings.map((each) => [each.seq, each.what]);
    expect(places).toEqual([2, 5, 6].map((seq) => [seq, what]));
  });

  it('still verifies after rows were removed from its beginning', async () => {
    const store = await filled();
    await write(store, [scored('d', { time: T0 + 40 * DAY })], []);
    expect(await prune(store, T0 + 30 * DAY, T0 + 40 * DAY)).toBe(4);
    expect(await prune(store, T0 + 30 * DAY, T0 + 40 * DAY)).toBe(0);
    const { rows, first, findings } = await verifyChain(store);
    expect({ rows, first, findings }).toEqual({ rows: 2, first: 5, findings: [] });
    await write(store, [scored('e', { time: T0 + 41 * DAY })], []);
    await sql`update vouch_scored set shift = 0 where seq = 5`.execute(store.db);
    expect((await verifyChain(store)).findings).toEqual([{ seq: 5, table: 'scored', what: 'the row was changed' }]);
  });

  it('removes everything if everything is old', async () => {
    const store = await filled();
    expect(await prune(store, T0 + DAY, T0 + DAY)).toBe(4);
    expect(await verifyChain(store)).toMatchObject({ rows: 1, first: 5, findings: [] });
  });
});

it('rows keep their order and their values, whatever their number', async () => {
  const store = await freshStore();
  const all: string[] = [];
  for (const count of [1, 7, 8, 9, 63, 64, 65, 137, 500]) {
    const ids = Array.from({ length: count }, (_, i) => `${count}/${i}`);
    await write(
      store,
      ids.map((id, i) => scored(id, { probability: i / count, prompt: i % 2 === 0 ? null : `p\0${id}` })),
      [],
    );
    all.push(...ids);
  }
  const rows = await store.db
    .selectFrom('vouch_scored')
    .select(['seq', 'id', 'probability', 'prompt'])
    .orderBy('seq')
    .execute();
  expect(rows.map(({ seq, id }) => [seq, id])).toEqual(all.map((id, i) => [i + 1, id]));
  const [, row] = rows.slice(-2);
  expect(row).toMatchObject({ id: '500/499', probability: 499 / 500, prompt: 'p\uFFFD500/499' });
  expect(await verifyChain(store)).toMatchObject({ rows: all.length, findings: [] });
});
