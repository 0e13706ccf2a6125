import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AnswerRecord } from '../../../data/record.js';
import { monitor, monitorStore, train } from '../../../index.js';
import type { MonitorState } from '../../../monitor/state.js';
import { scoreChunk } from '../../../scorer/batch/score-chunk.js';
import { openScorer } from '../../../scorer/open.js';
import { register } from '../../../scripts/commands/feedback.js';
import { storedRow } from '../../../serve/store/stored-row.js';
import { redact } from '../../../store/forget/redact.js';
import type { Store } from '../../../store/open.js';
import { write } from '../../../store/write/write.js';
import { temporary } from '../../data/temporary.js';
import { freshPath, freshStore, scored, send } from '../../store/rows.js';
import { madeAnswers } from '../../support/answers.js';
import { command } from '../../support/run-command.js';
import { quick } from '../../support/trained.js';

const { folder, put } = temporary();
const model = join(folder, 'bundle');
const small = { ...quick, learners: ['logistic' as const], patterns: ['free'], threads: 1, backend: 'wasm' as const };

beforeAll(async () => {
  await train(madeAnswers(220), { out: model, ...small, targetError: 0.4, confidence: 0.9 });
});

/** A day of answers to questions of its own. */
function day(n: number): AnswerRecord[] {
  return madeAnswers(60, 100 + n).map(({ labels: _, ...record }, i) => ({
    ...record,
    ...{ id: `d${n}-${record.id}`, group: `d${n}-${record.group}` },
    time: new Date(Date.UTC(2026, 0, n, 0, i)).toISOString(),
  }));
}

/** Stores these answers as a service does, with other fields if they are given. */
async function keep(store: Store, records: AnswerRecord[], more: object = {}): Promise<void> {
  const scorer = await openScorer(model, { keep: true });
  const scores = await scoreChunk(scorer, records);
  const rows = records.map((record, i) => ({
    ...storedRow(record, scores[i], 'signals')!,
    ...{ time: Date.parse(record.time as string), tenant: '', person: null, response: null, ...more },
  }));
  await scorer.close();
  await write(store, rows, []);
}

const stateIn = (file: string): MonitorState => JSON.parse(readFileSync(file, 'utf8'));
const rules = { queueLabels: 40, leastChance: 0.5, seed: 3 };

describe('the monitor over a store', () => {
  it('finds the same as over files, and remembers the same', async () => {
    const place = freshPath();
    const store = await freshStore(place);
    const files = { model, state: join(folder, 'files.json'), ...rules };
    const stored = { model, state: join(folder, 'stored.json'), ...rules };

    // users report on some answers before the monitor sees them
    const first = day(1).map((record, i) =>
      i % 9 === 0 ? { ...record, labels: [{ value: 0, source: 'thumb' }] } : record,
    );
    await keep(store, first);
    await send(
      store,
      first.filter(({ labels }) => labels !== undefined).map(({ id }) => ({ id, thumb: 'down' })),
    );
    const one = await monitor(first, { ...files, queue: join(folder, 'files.csv') });
    const same = await monitorStore(place, { ...stored, queue: join(folder, 'stored.csv') });
    expect(same).toEqual(one);
    expect(one.queue.length).toBeGreaterThan(10);
    expect(one.labels.feedback).toBeGreaterThan(3);
    expect({ ...stateIn(stored.state), stored: null }).toEqual(stateIn(files.state));
    expect(stateIn(stored.state).stored?.seq).toBe(120 + 14);

    // reviewers say that all drawn answers are wrong; users say something else, which does not count
    const drawn = one.queue.map(({ id }) => id);
    await keep(store, day(2));
    await send(
      store,
      drawn.flatMap((id) => [
        { id, thumb: 'up' },
        { id, verdict: 'wrong' },
      ]),
    );
    const labels = put('labels.csv', ['id,label', ...drawn.map((id) => `${id},0`)].join('\n'));
    const two = await monitor(day(2), { ...files, labels });
    const again = await monitorStore(place, stored);
    expect(again.promises).toEqual(two.promises);
    expect(two.promises.some(({ state }) => state === 'broken')).toBe(true);
    expect(again.labels.drawn).toBe(drawn.length);
    expect(again.expected).toEqual(two.expected);
    expect(again.drift).toEqual(two.drift);
    expect(again.answers).toEqual(two.answers);
    const { feedback: _, stored: __, alerts: ___, ...left } = stateIn(stored.state);
    expect(stateIn(files.state)).toMatchObject(left);
    expect(await monitorStore(place, stored)).toMatchObject({ answers: { new: 0, known: 0 }, notices: [] });
  });

  it('takes a filled-in queue as verdicts, by vouch feedback', async () => {
    const place = freshPath();
    const store = await freshStore(place);
    const options = { model, state: join(folder, 'filled.json'), ...rules };
    await keep(store, day(8));
    const queue = join(folder, 'filled.csv');
    const { queue: rows } = await monitorStore(place, { ...options, queue });
    const csv = readFileSync(queue, 'utf8').split('\r\n');
    const filled = csv.map((line, i) => (i === 2 ? line : line.replace(/,,,human$/, ',0,,human'))); // one stays empty
    writeFileSync(queue, filled.join('\r\n'));
    const said = await command(register, 'feedback', queue, '--store', place, '--quiet', '--json');
    expect(JSON.parse(said)).toMatchObject({ read: rows.length - 1, linked: rows.length - 1, unlabelled: 0, bad: 0 });
    expect((await monitorStore(place, options)).labels).toMatchObject({ drawn: rows.length - 1, feedback: 0 });
  });

  it('keeps users’ thumbs on drawn answers away from the promise, and counts them as feedback', async () => {
    const place = freshPath();
    const store = await freshStore(place);
    const options = { model, state: join(folder, 'thumbs.json'), ...rules };
    await keep(store, day(3));
    const { queue } = await monitorStore(place, { ...options, queue: join(folder, 'thumbs.csv') });
    const accepted = queue.filter(({ claim }) => claim !== null);
    await send(
      store,
      queue.map(({ id }) => ({ id, thumb: 'down' })),
    );
    const heard = await monitorStore(place, options);
    expect(heard.labels).toEqual({ drawn: 0, feedback: accepted.length, unused: 0 });
    expect(heard.promises[0]).toMatchObject({ state: 'cannot tell', labels: 0 });
    expect(heard.feedback.now).toMatchObject({ right: 0, wrong: accepted.length });
    // the same thumbs, if the user says that they are reviews
    const counted = await monitorStore(place, { ...options, reviews: ['thumb'] });
    expect(counted.labels.drawn).toBe(queue.length);
    await expect(monitorStore(place, { ...options, reviews: ['smile'] })).rejects.toMatchObject({ code: 'BAD_USAGE' });
  });

  it('reads each row once, also rows that were stored late; leaves out and counts other bundles and deleted content', async () => {
    const place = freshPath();
    const store = await freshStore(place);
    const options = { model, state: join(folder, 'late.json'), ...rules };
    await keep(store, day(5));
    await write(store, [scored('of another bundle')], []);
    await redact(store, { by: 'id', id: 'd5-q0/small' }, Date.now());
    expect((await monitorStore(place, options)).answers).toMatchObject({
      ...{ new: 119, known: 0, questions: 60, leftOut: { otherBundle: 1, deleted: 1 } },
    });
    await keep(store, day(4)); // a day earlier
    const late = await monitorStore(place, options);
    expect(late.answers).toMatchObject({ new: 120, known: 0, leftOut: { otherBundle: 0, deleted: 0 } });
    expect(late.until).toBe(new Date(Date.UTC(2026, 0, 5, 0, 119)).toISOString());
  });

  it('names answers by their response id, goes on by time in another store, and refuses files', async () => {
    const place = freshPath();
    const store = await freshStore(place);
    const options = { model, state: join(folder, 'other.json'), ...rules };
    await keep(store, day(6).slice(0, 1), { response: 'r1' });
    const queue = join(folder, 'named.jsonl');
    await monitorStore(place, { ...options, queueLabels: 1, queue });
    expect(JSON.parse(readFileSync(queue, 'utf8'))).toMatchObject({
      id: 'r1',
      answerId: 'd6-q0/small',
      group: 'd6-q0',
    });
    await send(store, [{ id: 'd6-q0/small', verdict: 'wrong' }]);
    expect((await monitorStore(place, options)).labels.drawn).toBe(1);

    const elsewhere = freshPath();
    await keep(await freshStore(elsewhere), day(6));
    const notes: string[] = [];
    const found = await monitorStore(elsewhere, { ...options, onNote: ({ text }) => notes.push(text) });
    expect(found.answers).toMatchObject({ new: 120, known: 0 });
    expect(notes[0]).toContain('this store does not contain the row where the last run ended');
    await expect(monitor(day(7), options)).rejects.toMatchObject({ code: 'RESUME_MISMATCH' });
  });
});
