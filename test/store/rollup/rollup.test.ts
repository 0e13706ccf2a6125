import { describe, expect, it } from 'vitest';
import { prune } from '../../../store/forget/prune.js';
import { redact } from '../../../store/forget/redact.js';
import { write } from '../../../store/write/write.js';
import { random } from '../../../support/random.js';
import { DAY, freshStore, scored, send, T0 } from '../rows.js';
import { BINS, busy, countsOf, recounted } from './counts.js';

describe('counts', () => {
  it('are by hour and by day, with bins of the probability', async () => {
    const store = await freshStore();
    const hour = T0 / 3_600_000;
    const rows = [0, 0.0099, 0.5, 0.99, 1].map((probability, i) => scored(`a${i}`, { probability }));
    await write(store, [...rows, scored('later', { time: T0 + 3_600_000, probability: null })], []);
    const counts = await store.db.selectFrom('vouch_rollup').selectAll().orderBy('span').orderBy('start').execute();
    expect(counts.map(({ span, start, n }) => [span, start, n])).toEqual([
      [1, hour, 5],
      [1, hour + 1, 1],
      [24, Math.floor(hour / 24) * 24, 6],
    ]);
    const [first] = counts;
    expect(first).toMatchObject({ tenant: '', model: 'm', task: '', decision: 'accept', why: '', selected: 0 });
    const filled = BINS.flatMap((name) => (first[name as 'bin0'] > 0 ? [[name, first[name as 'bin0']]] : []));
    expect(filled).toEqual([
      ['bin0', 2],
      ['bin12', 1],
      ['bin23', 2],
    ]);
    expect(first.p_sum).toBeCloseTo(2.4999, 12);
  });

  it('follow labels: one per answer, changed by later feedback, also if it came first', async () => {
    const store = await freshStore();
    const labels = async () => {
      const rows = await store.db.selectFrom('vouch_rollup').selectAll().where('span', '=', 24).execute();
      return rows.map(({ n, labelled, label_sum }) => [n, labelled, label_sum]);
    };
    await write(store, [scored('a'), scored('b')], []);
    await send(store, [
      { id: 'a', thumb: 'up' },
      { id: 'c', thumb: 'down' },
    ]);
    expect(await labels()).toEqual([[2, 1, 1]]);
    await send(store, [{ id: 'a', verdict: 'wrong', source: 'auto:grader' }]); // people outrank it
    expect(await labels()).toEqual([[2, 1, 1]]);
    await send(store, [{ id: 'a', thumb: 'down', rater: 'other' }]);
    expect(await labels()).toEqual([[2, 1, 0.5]]);
    const unknown = () => store.db.selectFrom('vouch_feedback_days').select(['kind', 'n', 'unknown']).execute();
    expect(await unknown()).toContainEqual({ kind: 'thumb', n: 3, unknown: 1 });
    await write(store, [scored('c')], []);
    expect(await labels()).toEqual([[3, 2, 0.5]]);
    expect(await unknown()).toContainEqual({ kind: 'thumb', n: 3, unknown: 0 });
  });

  it.each([1, 2, 3, 4, 5, 6])('are those that the migration makes from all rows, %i', async (seed) => {
    const store = await freshStore();
    const draw = random(seed);
    await busy(store, draw);
    const kept = await countsOf(store);
    expect((kept[1] as string[]).length).toBeGreaterThan(0);
    expect(kept).toEqual(await recounted(store));
    await redact(store, { by: 'age', before: T0 + 6 * DAY }, T0);
    expect(await countsOf(store)).toEqual(kept); // they have nothing that a deletion empties
    expect(await prune(store, T0 + (4 + draw.int(12)) * DAY, T0)).toBeGreaterThan(0);
    const pruned = await countsOf(store);
    expect(pruned).not.toEqual(kept);
    expect(pruned).toEqual(await recounted(store));
    await busy(store, draw, 3);
    expect(await countsOf(store)).toEqual(await recounted(store));
  });

  it('say what policies bought, by decision', async () => {
    const store = await freshStore();
    const bases = ['policy(nli)', 'natural', 'policy(nli)', 'policy()', null, 'policy(nli)'];
    await write(
      store,
      bases.map((basis, i) => scored(`a${i}`, { basis, decision: i < 4 ? 'accept' : null })),
      [],
    );
    await write(store, [scored('later', { basis: 'policy()', time: T0 + 3_600_000 })], []);
    const rows = await store.db
      .selectFrom('vouch_bought')
      .select(['span', 'basis', 'decision', 'n'])
      .orderBy('span')
      .orderBy('start')
      .orderBy('basis')
      .orderBy('decision')
      .execute();
    expect(rows.map(({ span, basis, decision, n }) => [span, basis, decision, n])).toEqual([
      [1, 'policy()', 'accept', 1],
      [1, 'policy(nli)', '', 1],
      [1, 'policy(nli)', 'accept', 2],
      [1, 'policy()', 'accept', 1],
      [24, 'policy()', 'accept', 2],
      [24, 'policy(nli)', '', 1],
      [24, 'policy(nli)', 'accept', 2],
    ]);
  });

  it('of purchases include rows that an older version wrote, which counts all else', async () => {
    const store = await freshStore();
    const basis = 'policy(nli)';
    await write(store, [scored('a', { basis }), scored('b', { basis })], []);
    const kept = await countsOf(store);
    await store.db.updateTable('vouch_head').set({ bought: 1 }).execute();
    await store.db.updateTable('vouch_bought').set({ n: 1 }).execute();
    await send(store, [{ id: 'nobody', thumb: 'up' }]);
    expect((await countsOf(store))[3]).toEqual(kept[3]);
  });

  it('include rows that an older version wrote, which does not count', async () => {
    const store = await freshStore();
    await write(store, [scored('a')], []);
    await write(store, [scored('b')], []);
    await send(store, [{ id: 'b', thumb: 'up' }]);
    const kept = await countsOf(store);
    await store.db.updateTable('vouch_head').set({ rolled: 1 }).execute();
    for (const table of ['vouch_rollup', 'vouch_labelled', 'vouch_feedback_days'] as const) {
      await store.db.deleteFrom(table).execute();
    }
    await write(store, [scored('c', { time: T0 + 2 * DAY })], []);
    await store.db
      .deleteFrom('vouch_rollup')
      .where('start', '>', T0 / 3_600_000 + 24)
      .execute();
    const caught = await countsOf(store);
    expect(caught[1]).toEqual(kept[1]);
    expect(caught[2]).toEqual(kept[2]);
    const rows = (caught[0] as string[]).map((row) => JSON.parse(row));
    expect(rows.map(({ span, n, labelled }) => [span, n, labelled])).toEqual([
      [1, 1, 1],
      [24, 1, 1],
    ]); // the answer b; a was counted before
  });
});
