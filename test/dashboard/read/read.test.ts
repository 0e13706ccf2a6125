import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { binQuantile } from '../../../dashboard/read/bin-quantile.js';
import { countsIn } from '../../../dashboard/read/counts.js';
import { feedbackIn } from '../../../dashboard/read/feedback.js';
import { latestLabelled } from '../../../dashboard/read/labelled.js';
import { inSteps, periodOf, stepAt, stepsOf } from '../../../dashboard/read/period.js';
import { queueIds } from '../../../dashboard/read/queue.js';
import { sampledSignals } from '../../../dashboard/read/sampled-signals.js';
import { totalsOf } from '../../../dashboard/read/totals.js';
import { versionsIn } from '../../../dashboard/read/versions.js';
import { readWatched } from '../../../dashboard/read/watched.js';
import type { Manifest } from '../../../models/bundle/manifest.js';
import { BIN_STARTS, binEnd } from '../../../store/rollup/tables.js';
import { write } from '../../../store/write/write.js';
import { random } from '../../../support/random.js';
import { freshStore, scored, send } from '../../store/rows.js';
import { manifestOf } from '../../support/tiny-bundle.js';
import { monitorState } from '../monitor-state.js';

const dir = mkdtempSync(join(tmpdir(), 'vouch-dashboard-read-'));
afterAll(() => rmSync(dir, { recursive: true }));
const NOW = Date.parse('2026-03-15T13:20:00Z');

describe('a period', () => {
  it('ends now, and begins and steps so that counts of days fit', () => {
    for (const days of ['1', '7', '30', '90', '365', 'nonsense']) {
      const period = periodOf(days, NOW);
      expect([days, period.days]).toEqual([days, days === 'nonsense' ? 30 : Number(days)]);
      expect(period.to * 3_600_000 - NOW).toBeLessThanOrEqual(3_600_000);
      expect(period.from % period.step).toBe(0);
      expect(period.to - period.from).toBeGreaterThanOrEqual(24 * period.days);
      expect(period.span === 24 ? period.step % 24 : 0).toBe(0);
      expect(stepsOf(period).length).toBeLessThanOrEqual(60);
      const coarse = inSteps(period, 13);
      expect(stepsOf(coarse).length).toBeLessThanOrEqual(13);
      expect(stepAt(coarse, period.from + 2.5 * coarse.step)).toBe(period.from + 2 * coarse.step);
    }
  });
});

describe('quantiles from bins', () => {
  it('are within the bin of the true quantile', () => {
    const draw = random(1);
    const values = Array.from({ length: 3000 }, () => draw.next() ** 0.3).sort((a, b) => a - b);
    const binOf = (x: number) => BIN_STARTS.findLastIndex((start) => start <= x);
    const bins = BIN_STARTS.map((_, i) => values.filter((x) => binOf(x) === i).length);
    for (const level of [0.1, 0.25, 0.5, 0.75, 0.9]) {
      const bin = binOf(values[Math.ceil(level * values.length) - 1]);
      const found = binQuantile(bins, level);
      expect(found).toBeGreaterThanOrEqual(BIN_STARTS[bin]);
      expect(found).toBeLessThanOrEqual(binEnd(bin));
    }
    expect(
      binQuantile(
        bins.map(() => 0),
        0.5,
      ),
    ).toBeNaN();
    expect(binQuantile([0, 4], 0.5)).toBeCloseTo(0.015, 12);
  });
});

describe('what the pages read', () => {
  it('is what was written, by tenant and period', async () => {
    const store = await freshStore();
    const at = (hours: number) => NOW - hours * 3_600_000;
    const rows = Array.from({ length: 40 }, (_, i) =>
      scored(`a${i}`, {
        ...{ time: at(i), tenant: i % 4 === 0 ? 't1' : '', probability: i / 40, bundle: i < 30 ? 'new' : 'old' },
        ...{ decision: i % 2 === 0 ? 'accept' : 'escalate', question: `q${i % 10}`, selected: i === 3 ? 1 : 0 },
      }),
    );
    await write(store, [...rows, scored('ancient', { time: at(24 * 400), bundle: 'old' })], []);
    await send(
      store,
      [
        { id: 'a2', thumb: 'up' },
        { id: 'a6', thumb: 'down' },
        { id: 'a6', stars: 5 },
      ],
      { received: NOW },
    );
    for (const days of [1, 7, 30, 365]) {
      const period = periodOf(String(days), NOW);
      for (const tenant of [null, '', 't1']) {
        const own = rows.filter(
          (row) => (tenant === null || row.tenant === tenant) && row.time >= period.from * 3_600_000,
        );
        const totals = totalsOf(await countsIn(store.db, period, tenant));
        const accepted = own.filter(({ decision }) => decision === 'accept');
        expect([days, tenant, totals.n, totals.accepted]).toEqual([days, tenant, own.length, accepted.length]);
        expect(totals.pSum).toBeCloseTo(
          own.reduce((sum, { probability }) => sum + (probability as number), 0),
          9,
        );
        expect(totals.bins.reduce((sum, n) => sum + n)).toBe(own.length);
        expect(totals.escalated).toBe(own.length - accepted.length);
        expect([totals.selected, totals.labelled, totals.labelSum]).toEqual(tenant === 't1' ? [0, 0, 0] : [1, 2, 1.5]);
      }
    }
    const labelled = await latestLabelled(store.db, { bundle: 'new', tenant: '', since: at(24) });
    expect([...labelled!.scored.probability]).toEqual([2 / 40, 6 / 40]);
    expect([...labelled!.scored.label, labelled!.isCut]).toEqual([1, 0.5, false]);
    expect(await latestLabelled(store.db, { bundle: 'old', tenant: null, since: 0 })).toBeNull();
    expect(await feedbackIn(store.db, periodOf('7', NOW), '')).toMatchObject([
      { kind: 'stars', n: 1, said_right: 1, contradicting: 1 },
      { kind: 'thumb', n: 2, said_right: 1, said_wrong: 1 },
    ]);
    expect(await feedbackIn(store.db, periodOf('7', NOW), 't1')).toEqual([]);
    const versions = await versionsIn(store.db, null);
    expect(versions.map(({ bundle, answers }) => [bundle, answers])).toEqual([
      ['new', 30],
      ['old', 11],
    ]);
    const signals = await sampledSignals(store.db, periodOf('7', NOW), { bundle: 'new', tenant: 't1' });
    expect(signals.map(({ time }) => time).sort()).toEqual(
      rows
        .filter(({ bundle, tenant }) => bundle === 'new' && tenant === 't1')
        .map(({ time }) => time)
        .sort(),
    );
    expect([...signals[0].features]).toEqual([Math.fround(0.1), Number.NaN]);
  });
});

describe('the queue', () => {
  it('gives the ids without a label, from CSV and JSON Lines, and says where there is none', async () => {
    const file = join(dir, 'queue.csv');
    writeFileSync(
      file,
      "\uFEFFid,prompt,rank,label,comment,source\r\n'007,,1,,,human\r\nq2,,2,0,,human\r\nq3,,3,,,human\r\n",
    );
    expect(await queueIds(file)).toEqual(['007', 'q3']);
    const lines = join(dir, 'queue.jsonl');
    writeFileSync(lines, '{"id":"a","label":null,"chance":0.5}\n{"id":5,"label":1}\n{"id":6,"label":null}\n');
    expect(await queueIds(lines)).toEqual(['a', '6']);
    expect(await queueIds(join(dir, 'none.csv'))).toBeNull();
    writeFileSync(lines, '{"label":null}\n');
    await expect(queueIds(lines)).rejects.toMatchObject({ code: 'BAD_FEEDBACK', detail: { field: 'id' } });
  });
});

describe('what the monitor left', () => {
  const manifest = {
    ...manifestOf(
      { topK: 0, numeric: [], categorical: [] },
      { name: 'platt', parameters: [] },
      [{ threshold: 0.5 }],
      1,
    ),
    files: {},
  } as unknown as Manifest;

  it.each([
    ['broken', 0.3],
    ['holds', 0],
  ])('is judged from its state: %s', async (state, wrong) => {
    const file = join(dir, `${state}.json`);
    const of = monitorState({ manifest, digest: 'd' }, { questions: 3000, wrong, end: NOW });
    writeFileSync(file, JSON.stringify(of));
    const watched = await readWatched(file, manifest);
    expect(watched).toMatchObject({ bundle: 'd', until: '2026-03-15T13:20:00.000Z', alerts: [{ kind: 'drift' }] });
    expect(watched?.promises).toMatchObject([{ claim: 'claim-0', alpha: 0.05, state }]);
    expect(watched?.promises[0].error?.value).toBeCloseTo(wrong, 1);
    expect((await readWatched(file, null))?.promises).toEqual([]);
  });

  it('is taken from its findings as they are; a file that is neither is refused', async () => {
    const file = join(dir, 'out.json');
    const promises = [{ claim: 'c', state: 'cannot tell' }];
    writeFileSync(file, JSON.stringify({ bundle: 'd', promises, alerts: [], since: null, until: null }));
    expect(await readWatched(file, null)).toMatchObject({ bundle: 'd', promises });
    writeFileSync(file, 'nonsense');
    await expect(readWatched(file, null)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
    expect(await readWatched(join(dir, 'none.json'), null)).toBeNull();
  });
});
