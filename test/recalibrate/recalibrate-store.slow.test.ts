import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { monitorStore, openScorer, recalibrate, recalibrateStore, type Scorer } from '../../index.js';
import { scoreChunk } from '../../scorer/batch/score-chunk.js';
import { openScorer as openKeeping } from '../../scorer/open.js';
import { register } from '../../scripts/commands/recalibrate.js';
import { type Keep, storedRow } from '../../serve/store/stored-row.js';
import type { Store } from '../../store/open.js';
import { write } from '../../store/write/write.js';
import { temporary } from '../data/temporary.js';
import { freshPath, freshStore, scored, send } from '../store/rows.js';
import { command } from '../support/run-command.js';
import { type Fresh, freshAnswers, trainSmall } from './fresh.js';

const { folder, put } = temporary();
const model = join(folder, 'model');
let scorer: Scorer;
let fresh: Fresh[];

beforeAll(async () => {
  scorer = await trainSmall(model);
  fresh = await freshAnswers(scorer, { questions: 600, seed: 13 }, (z) => z - 2.5);
});
afterAll(() => scorer.close());

/** Stores the answers as a service does. */
async function keep(store: Store, how: Keep): Promise<void> {
  const keeping = await openKeeping(model, { keep: true });
  const records = fresh.map(({ record }) => record);
  const scores = await scoreChunk(keeping, records);
  const rows = records.map((record, i) => ({
    ...storedRow(record, scores[i], how)!,
    ...{ time: Date.UTC(2026, 0, 1) + i, tenant: '', person: null, response: null },
  }));
  await keeping.close();
  await write(store, rows, []);
}

/** Draws a queue from the store and fills it in, but for one row; `labels` are what was filled in. */
async function drawn(place: string, name: string) {
  const queue = join(folder, `${name}.csv`);
  await monitorStore(place, { model, state: join(folder, `${name}.json`), queue, queueLabels: 400, leastChance: 0.5 });
  const rightOf = new Map(fresh.map(({ record, right }) => [record.id, right]));
  const [head, ...rows] = readFileSync(queue, 'utf8').trim().split('\r\n');
  const ids = rows.map((row) => /^([^,]+),/.exec(row)![1]);
  const filled = rows.map((row, i) => (i === 0 ? row : row.replace(/,,,human$/, `,${rightOf.get(ids[i])},,human`)));
  const labels = ids.slice(1).map((id) => ({ id, verdict: rightOf.get(id)! }));
  return { empty: queue, full: put(`${name}-filled.csv`, `${[head, ...filled].join('\r\n')}\r\n`), labels };
}

const rules = { change: 'calibrator' as const, dryRun: true };

describe('recalibrate over a store', () => {
  it('finds what it finds over files with the same answers and labels', async () => {
    const place = freshPath();
    await keep(await freshStore(place), 'texts');
    const { full } = await drawn(place, 'same');
    const file = put('same.jsonl', fresh.map(({ record }) => `${JSON.stringify(record)}\n`).join(''));
    const { report: one } = await recalibrate(file, { model, labels: full, ...rules });
    const { report: two } = await recalibrateStore(place, { model, labels: full, ...rules });
    expect(two.chosen).toBe('calibrator');
    expect(two.ships).toBe(true);
    expect(two.labels).toEqual(one.labels);
    expect(two.parts).toEqual(one.parts);
    expect(two.fingerprint).toBe(one.fingerprint);
    expect(two.measures).toEqual(one.measures);
    expect(two.thresholds).toEqual(one.thresholds);
    const kept = ({ change }: { change: string }) => change !== 'adapt'; // the store has only the signals of the bundle
    expect(two.candidates.filter(kept)).toEqual(one.candidates.filter(kept));
  });

  it('takes reviews in the store as the labels of the queue, other feedback as feedback, and needs no texts', async () => {
    const place = freshPath();
    const store = await freshStore(place);
    await keep(store, 'signals');
    const { empty, full, labels } = await drawn(place, 'reviews');
    await send(store, labels);
    await write(store, [scored('of another bundle')], []);
    const out = join(folder, 'reviewed');
    const inFile = await recalibrateStore(place, { model, labels: full, ...rules });
    const { report } = await recalibrateStore(place, { model, labels: empty, out, change: 'calibrator' });
    expect(report.labels).toEqual(inFile.report.labels);
    expect(report.measures).toEqual(inFile.report.measures);
    expect(report.labels).toMatchObject({ drawn: labels.length, feedback: 0, use: 'drawn', isWeighted: true });
    const said = report.warnings.join(' ');
    expect(said).toContain('1 drawn answer has no label');
    expect(said).toContain('1 stored answer was left out: another bundle scored them');
    expect(said).toContain('cannot see whether the bundle was trained on the question');
    const repaired = await openScorer(out);
    const later = await freshAnswers(scorer, { questions: 400, seed: 14 }, (z) => z - 2.5);
    const scores = await repaired.scoreMany(later.map(({ record }) => record));
    await repaired.close();
    const bias = scores.reduce((sum, { probability }, i) => sum + (probability! - later[i].truth) / later.length, 0);
    expect(Math.abs(bias)).toBeLessThan(0.08);

    const names = new Set(labels.map(({ id }) => id));
    const others = fresh.filter(({ record }) => !names.has(record.id)).slice(0, 90);
    await send(
      store,
      others.map(({ record, right }) => ({ id: record.id, thumb: right ? 'up' : 'down' })),
    );
    const mixed = await recalibrateStore(place, { model, labels: empty, ...rules });
    expect(mixed.report.labels).toMatchObject({ drawn: labels.length, feedback: 90, use: 'drawn', unused: 90 });
    const heard = await recalibrateStore(place, { model, ...rules });
    expect(heard.report.labels).toMatchObject({ drawn: 0, feedback: labels.length + 90, use: 'feedback' });
    expect(heard.report.warnings.join(' ')).toContain('Its chances were estimated');
  });

  it('is a command, and says what is not there', async () => {
    const place = freshPath();
    const store = await freshStore(place);
    const run = (...args: string[]) =>
      command(register, 'recalibrate', '--store', place, '--model', model, '--dry-run', '--quiet', ...args);
    await expect(run()).rejects.toMatchObject({ code: 'NO_ANSWERS' });
    await keep(store, 'signals');
    await expect(run()).rejects.toMatchObject({ code: 'NO_LABELS' });
    const { full } = await drawn(place, 'command');
    const csv = readFileSync(full, 'utf8').trim();
    writeFileSync(
      full,
      `${csv}\r\n${csv
        .split('\r\n')
        .at(-1)!
        .replace(/^[^,]+/, 'nobody')}\r\n`,
    );
    expect(await run('--labels', full)).toMatch(/labels drawn by chance, 0 from feedback.*\("nobody"\).*Dry run/s);
    for (const flags of [
      ['--drawn', '1'],
      ['--with-training', 'a.jsonl'],
      ['--encoder', 'e'],
      ['--on', 'id'],
      ['x.jsonl'],
    ]) {
      await expect(run(...flags)).rejects.toMatchObject({ code: 'BAD_USAGE' });
    }
    const bare = command(register, 'recalibrate', '--model', model, '--dry-run');
    await expect(bare).rejects.toMatchObject({ code: 'BAD_USAGE' });
  });
});
