import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it, onTestFinished } from 'vitest';
import { verifyChain } from '../../../store/chain/verify.js';
import { checkFeedback } from '../../../store/feedback/check.js';
import type { Feedback } from '../../../store/feedback/feedback.js';
import { readFeedback } from '../../../store/feedback/read.js';
import { redact } from '../../../store/forget/redact.js';
import { contentsOf } from '../../../store/read/counts.js';
import { tracesOf } from '../../../store/read/trace.js';
import { write } from '../../../store/write/write.js';
import { DAY, freshStore, scored, send, T0 } from '../rows.js';

const said = (value: object) =>
  checkFeedback({ id: 'a', ...value }).map(({ kind, label, source }) => [kind, label, source]);

describe('checkFeedback', () => {
  it.each([
    [{ thumb: 'up' }, [['thumb', 1, 'thumb']]],
    [{ thumb: -1 }, [['thumb', 0, 'thumb']]],
    [{ thumb: '👎🏽' }, [['thumb', 0, 'thumb']]],
    [{ stars: 4 }, [['stars', 0.75, 'user-feedback']]],
    [{ stars: '1', of: 10 }, [['stars', 0, 'user-feedback']]],
    [{ correction: 'Canberra' }, [['correction', null, 'correction']]],
    [{ verdict: 'right', rater: 'r1' }, [['verdict', 1, 'human']]],
    [{ outcome: 0.25, source: 'crm' }, [['outcome', 0.25, 'crm']]],
  ])('%j', (value, expected) => {
    expect(said(value)).toEqual(expected);
  });

  it('gives a label to each candidate of a choice', () => {
    const read = checkFeedback({ key: 'k', chosen: 'b', over: ['a', 'c'] });
    expect(read.map(({ key, target, label }) => [key, target, label])).toEqual([
      ['k/0', 'b', 1],
      ['k/1', 'a', 0],
      ['k/2', 'c', 0],
    ]);
    expect(checkFeedback({ chosen: 'b', over: 'a;c' }).map(({ target }) => target)).toEqual(['b', 'a', 'c']);
  });

  it.each([
    [{ id: 'a' }, undefined],
    [{ id: 'a', thumb: 'up', stars: 3 }, undefined],
    [{ thumb: 'up' }, 'id'],
    [{ id: 'a', thumb: 0.5 }, 'thumb'],
    [{ id: 'a', thumb: 'sideways' }, 'thumb'],
    [{ id: 'a', stars: 6 }, 'stars'],
    [{ id: 'a', stars: 0 }, 'stars'],
    [{ id: 'a', verdict: 2 }, 'verdict'],
    [{ id: 'a', thumb: 'up', time: 'soon' }, 'time'],
    [{ id: 'a', thumb: 'up', likes: 3 }, 'likes'],
    [{ id: ['a'], thumb: 'up' }, 'id'],
    [{ chosen: 'a', over: [] }, 'over'],
    [{ chosen: 'a', over: ['a'] }, 'over'],
    [{ chosen: 'a' }, 'over'],
    [{ id: 'a', correction: 1.5 }, 'correction'],
    [[], undefined],
    [null, undefined],
  ])('refuses %j', (value, field) => {
    expect(() => checkFeedback(value)).toThrow(
      expect.objectContaining({ code: 'BAD_FEEDBACK', detail: expect.objectContaining(field ? { field } : {}) }),
    );
  });

  it('refuses what is too long', () => {
    expect(() => checkFeedback({ id: 'a', correction: 'x'.repeat(70_000) })).toThrow(
      expect.objectContaining({ code: 'TOO_LARGE' }),
    );
  });
});

describe('feedback in the store', () => {
  it('is linked, repeated, contradicting, unknown, late, in conflict, or of another tenant', async () => {
    const store = await freshStore();
    await write(store, [scored('a'), scored('b', { tenant: 't2' }), scored('c', { response: 'r-9' })], []);
    const status = async (value: object, more?: { tenant?: string; received?: number }) => {
      const [{ status, code, repeated, late, label }] = await send(store, [value], more);
      return [code ?? status, repeated, late, label];
    };
    expect(await status({ id: 'a', thumb: 'up', key: 'k1' })).toEqual(['linked', false, false, 1]);
    expect(await status({ id: 'a', thumb: 'up', key: 'k1' })).toEqual(['linked', true, false, 1]);
    expect(await status({ id: 'a', thumb: 'down', key: 'k1' })).toEqual(['FEEDBACK_CONFLICT', false, false, null]);
    expect(await status({ id: 'a', stars: 1 })).toEqual(['contradicting', false, false, 0]);
    expect(await status({ id: 'a', stars: 3 })).toEqual(['linked', false, false, 0.5]);
    expect(await status({ id: 'r-9', verdict: 0 }, { received: T0 + 8 * DAY })).toEqual(['linked', false, true, 0]);
    expect(await status({ id: 'zzz', thumb: 'up' })).toEqual(['unknown id', false, false, 1]);
    expect(await status({ id: 'b', thumb: 'up' })).toEqual(['WRONG_TENANT', false, false, null]);
    expect(await status({ id: 'b', thumb: 'up' }, { tenant: 't2' })).toEqual(['linked', false, false, 1]);
    expect((await verifyChain(store)).findings).toEqual([]);
    expect(await contentsOf(store)).toMatchObject({
      answers: 3,
      feedback: [
        { kind: 'stars', linked: 1, contradicting: 1, unknownId: 0, unlabelled: 0 },
        { kind: 'thumb', linked: 2, contradicting: 0, unknownId: 1, unlabelled: 0 },
        { kind: 'verdict', linked: 1, contradicting: 0, unknownId: 0, unlabelled: 0 },
      ],
    });
  });

  it('is linked when its answer arrives later, but not to an answer of another tenant', async () => {
    const store = await freshStore();
    await send(store, [{ id: 'a', thumb: 'up' }]);
    await write(store, [scored('a', { tenant: 't2' })], []);
    await write(store, [scored('a'), scored('a')], []);
    const rows = await store.db.selectFrom('vouch_feedback').select(['scored']).execute();
    expect(rows).toEqual([{ scored: 3 }]);
    expect((await verifyChain(store)).findings).toEqual([]);
  });

  it('compares a correction with the stored answer, and gives no label without its text', async () => {
    const store = await freshStore();
    await write(store, [scored('a', { answer: 'Sydney' }), scored('b', { answer: 'canberra.' }), scored('c')], []);
    await send(
      store,
      ['a', 'b', 'c'].map((id) => ({ id, correction: 'Canberra' })),
    );
    expect(await store.db.selectFrom('vouch_feedback').select(['label', 'source']).orderBy('seq').execute()).toEqual([
      { label: 0, source: 'auto:exactMatch' },
      { label: 1, source: 'auto:exactMatch' },
      { label: null, source: 'correction' },
    ]);
  });

  it('survives texts that a database cannot hold', async () => {
    const store = await freshStore();
    await write(store, [scored('nul\0', { answer: '\ud800', response: 'x'.repeat(5000) })], []);
    expect((await send(store, [{ id: 'nul\0', thumb: 'up' }]))[0].status).toBe('linked');
    expect((await send(store, [{ id: 'x'.repeat(5000), thumb: 'up' }]))[0].status).toBe('linked');
    expect((await verifyChain(store)).findings).toEqual([]);
  });
});

describe('long ids', () => {
  it('of persons, raters and tenants are found again', async () => {
    const store = await freshStore();
    const long = 'x'.repeat(5000);
    await write(store, [scored('a', { person: long, tenant: long })], []);
    await send(store, [{ id: 'a', thumb: 'up', rater: long }], { tenant: long });
    expect(await tracesOf(store, 'a', long)).toHaveLength(1);
    await send(store, [{ id: 'b', thumb: 'up', rater: long }]);
    const whose = { by: 'person', person: long } as const;
    expect(await redact(store, { ...whose, tenant: long }, T0)).toEqual({ scored: 1, feedback: 1 });
    expect(await redact(store, whose, T0)).toEqual({ scored: 0, feedback: 1 });
  });
});

describe('readFeedback', () => {
  async function read(name: string, text: string | Buffer, rules = {}): Promise<Feedback[]> {
    const dir = mkdtempSync(join(tmpdir(), 'vouch-feedback-'));
    onTestFinished(() => rmSync(dir, { recursive: true }));
    const file = join(dir, name);
    writeFileSync(file, text);
    const all: Feedback[] = [];
    for await (const part of readFeedback(file, { badLines: 'stop', rules, bad: () => {} })) all.push(...part);
    return all;
  }
  const short = (all: Feedback[]) => all.map(({ target, kind, label, source }) => [target, kind, label, source]);

  it('reads CSV', async () => {
    const text = 'id,thumb,stars,correction,comment\na,up,,,\nb,,2,,"so, so"\n7,,,None,\n';
    expect(short(await read('f.csv', text))).toEqual([
      ['a', 'thumb', 1, 'thumb'],
      ['b', 'stars', 0.25, 'user-feedback'],
      ['7', 'correction', null, 'correction'],
    ]);
  });

  it('reads scores of Langfuse', async () => {
    const score = { id: 's1', traceId: 't', observationId: 'o', name: 'quality', value: 4, dataType: 'NUMERIC' };
    const lines = [
      { ...score, source: 'ANNOTATION', authorUserId: 'u1', timestamp: '2026-01-05T10:00:00.000Z' },
      { ...score, id: 's2', observationId: null, dataType: 'CATEGORICAL', value: 0, stringValue: 'correct' },
      { ...score, id: 's3', dataType: 'CORRECTION', value: 0, stringValue: 'Canberra' },
    ];
    const all = await read('s.jsonl', lines.map((line) => JSON.stringify(line)).join('\n'), { scale: [1, 5] });
    expect(all[0]).toMatchObject({ key: 'langfuse:s1', target: 'o', label: 0.75, rater: 'u1', given: T0 });
    expect(short(all)).toEqual([
      ['o', 'score', 0.75, 'annotation'],
      ['t', 'score', 1, 'unknown'],
      ['o', 'correction', null, 'correction'],
    ]);
    expect(all[2].correction).toBe('Canberra');
  });

  it('reads evaluation events of OpenTelemetry', async () => {
    const attribute = (key: string, value: object) => ({ key, value });
    const record = {
      eventName: 'gen_ai.evaluation.result',
      timeUnixNano: `${T0}000000`,
      attributes: [
        attribute('gen_ai.evaluation.name', { stringValue: 'correctness' }),
        attribute('gen_ai.evaluation.score.value', { doubleValue: 0.5 }),
        attribute('gen_ai.response.id', { stringValue: 'chatcmpl-1' }),
      ],
    };
    const logs = { resourceLogs: [{ scopeLogs: [{ logRecords: [record] }] }] };
    const flat = {
      name: 'gen_ai.evaluation.result',
      attributes: { 'gen_ai.response.id': 'chatcmpl-2', 'gen_ai.evaluation.score.label': 'pass' },
    };
    const all = await read('o.jsonl', `${JSON.stringify(logs)}\n${JSON.stringify(flat)}\n`);
    expect(short(all)).toEqual([
      ['chatcmpl-1', 'score', 0.5, 'correctness'],
      ['chatcmpl-2', 'score', 1, 'evaluation'],
    ]);
    expect(all[0].given).toBe(T0);
  });

  it('reads columns of whole numbers in Parquet', async () => {
    const columnData = [
      { name: 'id', data: [7n, 9007199254740993n, null], type: 'INT64' },
      { name: 'stars', data: [4n, null, null], type: 'INT64' },
      { name: 'correction', data: [null, 42n, null], type: 'INT64' },
      { name: 'chosen', data: [null, null, 8n], type: 'INT64' },
      { name: 'over', data: [null, null, 9n], type: 'INT64' },
      { name: 'time', data: [BigInt(T0), null, null], type: 'INT64' },
    ] as Parameters<typeof parquetWriteBuffer>[0]['columnData'];
    const all = await read('f.parquet', Buffer.from(parquetWriteBuffer({ columnData })));
    expect(short(all)).toEqual([
      ['7', 'stars', 0.75, 'user-feedback'],
      ['9007199254740993', 'correction', null, 'correction'],
      ['8', 'choice', 1, 'preference'],
      ['9', 'choice', 0, 'preference'],
    ]);
    expect([all[0].given, all[1].correction]).toEqual([T0, '42']);
  });

  it('names file and line of a wrong feedback', async () => {
    await expect(read('f.jsonl', '{"id":"a","thumb":"up"}\n{"id":"b","thumb":"meh"}\n')).rejects.toThrow(
      /f\.jsonl:2: field "thumb": cannot be read.*VOUCH_BAD_FEEDBACK/,
    );
  });
});
