import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ReadOptions, readPacked } from '../../../data/read/answers.js';
import { newSummary, notesOf } from '../../../data/read/summary.js';
import { errorOf, readAll, temporary } from '../temporary.js';

const { put } = temporary();
const given = (name: string) => resolve(import.meta.dirname, '../../cases', name);
const lines = (rows: unknown[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

async function labels(files: string[], options: ReadOptions) {
  const { records } = await readAll(files, options);
  return records.map((record) => [record.id, record.labels?.map(({ value }) => value)]);
}

describe('13: ids that stand for several answers', () => {
  const [arc, gsm, twice] = ['arc', 'gsm', 'twice'].map((name) => given(`13-dup-ids/${name}.jsonl`));
  const grades = given('13-dup-ids/arc-grades.csv');

  it('are named, with the way out', async () => {
    const error = await errorOf(labels([arc, gsm], { labels: grades }));
    expect(error).toMatchObject({
      code: 'DUPLICATE_ID',
      file: grades,
      field: 'id',
      hint: expect.stringMatching(/column "file"/),
    });
    expect(error.message).toMatch(
      /4 graded keys belong to several answers: 0, 1, 2, 3 \(0 is at .*arc\.jsonl:1 and .*gsm\.jsonl:1\)/,
    );
    expect(await errorOf(labels([arc, gsm], { labels: grades, badLines: 'skip' }))).toMatchObject({
      code: 'DUPLICATE_ID',
    });
  });

  it('are joined within their file where the grades name it', async () => {
    const file = put('by-file.csv', 'file,id,label\narc.jsonl,0,1\nlogs/arc.jsonl,1,0\narc.jsonl,2,1\ngsm.jsonl,0,0\n');
    expect(await labels([arc, gsm], { labels: file })).toEqual([
      ...[
        ['0', [1]],
        ['1', [0]],
        ['2', [1]],
        ['3', undefined],
      ],
      ...[
        ['0', [0]],
        ['1', undefined],
        ['2', undefined],
        ['3', undefined],
      ],
    ]);
    const other = put('other.csv', 'file,id,label\nmanual.pdf,0,1\n');
    expect((await labels([arc], { labels: other })).filter(([, value]) => value)).toEqual([['0', [1]]]);
  });

  it('nothing is wrong where only the ungraded repeat', async () => {
    const some = put('some.csv', 'id,label\n7,1\n');
    const seventh = put('seventh.jsonl', '{"id":"7","answer":"x"}\n');
    expect((await labels([arc, gsm, seventh], { labels: some })).filter(([, value]) => value)).toEqual([['7', [1]]]);
  });

  it('one answer logged twice is told, and so are grades that differ', async () => {
    const summary = newSummary();
    expect(await labels([twice], { labels: grades, summary })).toHaveLength(8);
    expect(notesOf(summary)).toContain('4 graded answers are an exact copy of another one');
    const conflicting = newSummary();
    expect(await labels([arc], { labels: given('13-dup-ids/conf.csv'), summary: conflicting })).toEqual([
      ...[
        ['0', [1, 0]],
        ['1', [0]],
        ['2', [1]],
        ['3', [1]],
      ],
    ]);
    expect(notesOf(conflicting)).toContain(
      '1 graded id has grades that differ, without rater or time (0): their mean was used',
    );
    const raters = put('raters.csv', 'id,label,rater\n0,1,ann\n0,0,ben\n');
    const told = newSummary();
    await labels([arc], { labels: raters, summary: told });
    expect(told.differing).toEqual([]);
  });
});

describe('18: 64-bit ids', () => {
  const grades = given('18-bigint-id/g.jsonl');

  it('stay as written and find their own grade', async () => {
    expect(await labels([given('18-bigint-id/b.jsonl')], { labels: grades, on: 'id=request_id' })).toEqual([
      ...[
        ['1234567890123456788', [1]],
        ['1234567890123456789', [0]],
        ['1234567890123456790', [1]],
      ],
    ]);
    const { records } = await readAll(given('18-bigint-id/a.jsonl'), { labels: grades, on: 'request_id' });
    expect(records.map((record) => [(record as Record<string, unknown>).request_id, record.labels?.[0].value])).toEqual(
      [
        ...[
          ['1234567890123456788', 1],
          ['1234567890123456789', 0],
          ['1234567890123456790', 1],
        ],
      ],
    );
  });

  it('in the fast way too, beside tokens', async () => {
    const file = put(
      'fast.jsonl',
      '{"id":1234567890123456789,"answer":"a","tokens":[{"token":"a","logprob":-0.1234567890123456}],"meta":{"n":9007199254740993}}\n',
    );
    for await (const { records } of readPacked([file], {})) {
      expect(records.map((record) => [record.id, (record as Record<string, unknown>).meta])).toEqual([
        ['1234567890123456789', { n: '9007199254740993' }],
      ]);
    }
  });
});

describe('27: columns source and score', () => {
  it('are no label, and the grades are', async () => {
    const options = { labels: given('27-score-column/grades.csv') };
    const { records } = await readAll(given('27-score-column/answers.csv'), options);
    expect(records.map(({ id, labels: own }) => [id, own])).toEqual([
      ['1', [{ value: 1, source: 'unknown' }]],
      ['2', [{ value: 0, source: 'unknown' }]],
      ['3', [{ value: 1, source: 'unknown' }]],
    ]);
  });
});

describe('thumbs and stars', () => {
  const ids = Array.from({ length: 9 }, (_, i) => `req-${String(i).padStart(5, '0')}`);
  const right = [0, 1, 1, 0, 1, 0, 0, 1, 1];
  const answers = put('answers.jsonl', lines(ids.map((id) => ({ id, answer: 'x' }))));
  const file = (name: string, head: string, cell: (i: number) => string | number | null) =>
    put(
      name,
      `${head}\n${ids
        .map((id, i) => `${id},${cell(i)}\n`)
        .filter((row) => !row.includes('null'))
        .join('')}`,
    );
  const read = async (grades: string, options: ReadOptions = {}) =>
    (await labels([answers], { labels: grades, ...options })).map(([, value]) => value?.[0]);

  it('up and down by trace_id, once --on says so; without, the columns are listed', async () => {
    const thumbs = put(
      'thumbs.csv',
      `trace_id,thumb,comment\n${ids.map((id, i) => `${id},${right[i] ? 'up' : 'down'},\n`).join('')}`,
    );
    expect(await read(thumbs, { on: 'id=trace_id' })).toEqual(right);
    expect(await errorOf(read(thumbs))).toMatchObject({
      code: 'BAD_LABEL',
      field: 'id',
      got: ['trace_id', 'thumb', 'comment'],
      hint: expect.stringMatching(/--on id=trace_id/),
    });
  });

  it('1 and 0, 1 and −1, sparse', async () => {
    expect(await read(file('01.csv', 'id,label', (i) => right[i]))).toEqual(right);
    expect(await read(file('pm.csv', 'id,label', (i) => (right[i] ? 1 : -1)))).toEqual(right);
    const sparse = file('sparse.csv', 'id,label', (i) => (i % 3 === 0 ? right[i] : null));
    expect(await read(sparse)).toEqual(right.map((label, i) => (i % 3 === 0 ? label : undefined)));
  });

  it('stars need a word: from where on they are right, or shares', async () => {
    const stars = file('stars.csv', 'id,label', (i) => (right[i] ? 4 + (i % 2) : 1 + (i % 3)));
    expect(await errorOf(read(stars))).toMatchObject({
      code: 'BAD_LABEL',
      line: 3,
      got: '5',
      hint: expect.stringMatching(/--label-threshold 4/),
    });
    expect(await read(stars, { labelRules: { threshold: 4 } })).toEqual(right);
    expect(await read(stars, { labelRules: { scale: [1, 5] } })).toEqual([0, 1, 0.75, 0, 0.75, 0.5, 0, 1, 0.75]);
  });
});
